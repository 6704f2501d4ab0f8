#!/usr/bin/env bash
# run.sh LIB OUT [KINDS]: LIB is the folder with Flink's jars (lib/ of a distribution, or pyflink/lib of an installed PyFlink),
# OUT the folder that VERSION.jsonl is written to, one file a kind (graphs, fill, clusters). JDK 11 or 17.
set -euo pipefail
lib=$1 out=$2
cd "$(dirname "$0")"
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
printf 'rootLogger.level = OFF\n' >"$classes/log4j2.properties"
javac -nowarn -proc:none -d "$classes" -cp "$lib/*" ./*.java 2> >(grep -v '^Note' >&2)
opens=
for package in lang lang.invoke lang.reflect util util.concurrent io net nio text time; do
  opens="$opens --add-opens java.base/java.$package=ALL-UNNAMED"
done
version=$(basename "$(ls "$lib"/flink-dist*.jar)" .jar)
for kind in ${3:-graphs fill clusters}; do
  mkdir -p "$out/$kind"
  # shellcheck disable=SC2086
  nice java -Xmx2g $opens -cp "$classes:$lib/*" Record $kind $kind.jsonl >"$out/$kind/${version##*-}.jsonl"
done
