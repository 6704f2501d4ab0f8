"""Gets a version of Flink from Maven Central, builds the recorders for it, and runs them."""
import os
import shutil
import subprocess

import tables

CACHE = os.environ.get("UDFPLAN_FLINK_DIR") or os.path.expanduser("~/.cache/udfplan-flink")
JAVA = os.path.join(tables.HERE, "java")
SLF4J = ("org.slf4j", "slf4j-simple", "1.7.36")

# Up to 1.12 Flink reaches into the JDK, where 17 has to be told; the recorder changes its own environment in all of them.
OPENS = ["java.lang", "java.lang.ref", "java.lang.reflect", "java.util", "java.util.concurrent", "java.io", "java.net", "java.nio",
         "java.time", "sun.nio.ch"]


def pom(version):
    dependencies = [("org.apache.flink", name + version.row["scala"], version.name) for name in version.artifacts] + [SLF4J]
    return ("<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion>"
            "<groupId>udfplan</groupId><artifactId>recorders</artifactId><version>1</version><dependencies>"
            + "".join("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>" % d for d in dependencies)
            + "</dependencies></project>")


def class_path(version):
    """The jars of that Flink, downloaded where they are not there."""
    folder = os.path.join(CACHE, version.name)
    listed, asked = os.path.join(folder, "classpath"), os.path.join(folder, "pom.xml")
    if os.path.exists(listed) and open(asked).read() == pom(version):
        jars = open(listed).read().split(":")
        if all(map(os.path.exists, jars)):
            return jars
    os.makedirs(folder, exist_ok=True)
    with open(asked, "w") as out:
        out.write(pom(version))
    print("getting Flink %s" % version.name, flush=True)
    run(["mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=" + listed, "-f", asked])
    return open(listed).read().split(":")


def python_jar(version):
    """The jar with PythonOptions: that of the installed PyFlink, or of Maven Central where PyPI has none for a Python of today."""
    installed = os.path.join(os.environ.get("UDFPLAN_PYFLINK_DIR") or os.path.expanduser("~/.cache/udfplan-pyflink"), version.name)
    for folder, _, names in os.walk(os.path.join(installed, "lib")):
        for name in names:
            if name.startswith("flink-python") and name.endswith(version.name + ".jar"):
                return os.path.join(folder, name)
    name = "flink-python" + version.row["scala"]
    run(["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", "-Dartifact=org.apache.flink:%s:%s" % (name, version.name)])
    return os.path.expanduser("~/.m2/repository/org/apache/flink/%s/%s/%s-%s.jar" % (name, version.name, name, version.name))


def build(version, work):
    """Compiles the recorders against that Flink; the class path to run them with."""
    jars = class_path(version)
    classes = os.path.join(work, "classes")
    sources = [os.path.join(folder, name) for folder in [JAVA] + [os.path.join(JAVA, j) for j in version.java]
               for name in sorted(os.listdir(folder)) if name.endswith(".java")]
    run(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", ":".join(jars)] + sources)
    shutil.copy(os.path.join(JAVA, "simplelogger.properties"), classes)
    return [classes] + jars


def record(version, jars, questions, answers, kinds):
    """Asks the questions of KIND.jsonl in one folder, and has the answers in KIND.jsonl of the other."""
    command = ["java", "-Xmx2g", "-Dfile.encoding=UTF-8", "-Duser.language=en", "--add-exports", "java.base/sun.net.util=ALL-UNNAMED"]
    for package in OPENS:
        command += ["--add-opens", "java.base/%s=ALL-UNNAMED" % package]
    run(command + ["-cp", ":".join(jars), "Record", version.name, questions, answers] + kinds)


def run(command):
    """Runs it behind everything else on the machine; ends where it fails, with what it said."""
    done = subprocess.run(["nice"] + command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise SystemExit("%s failed:\n%s" % (command[0], done.stdout[-4000:]))
