package conf

import (
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// The variables that the entrypoint of Flink's image makes options of (flink-docker, docker-entrypoint.sh): the slots first, and
// behind them the properties, which are stronger.
const (
	propertiesVariable = "FLINK_PROPERTIES"
	slotsVariable      = "TASK_MANAGER_NUMBER_OF_TASK_SLOTS"
)

// variable is the value of a variable: a node, of which the first bytes may be the name.
type variable struct {
	node   source.Node
	prefix string
}

// text is empty where the variable is handed on from whoever starts compose.
func (v variable) text() string {
	if v.node.Kind() == source.Null {
		return ""
	}
	return strings.TrimPrefix(v.node.Text(), v.prefix)
}

// environment are the variables of a service: a mapping, or a list of NAME=VALUE. A name alone is handed on.
func (s *service) environment() (out map[string]variable, problems source.List) {
	out = map[string]variable{}
	n := s.node.Field("environment")
	switch {
	case !n.Valid():
	case n.Kind() == source.Mapping:
		for key, value := range n.Fields() {
			out[key.Text()] = variable{node: value}
		}
	default:
		for item := range n.ItemsOrNone() {
			if item.Kind() != source.Text {
				problems.Errorf(item.Place(), source.CodeWrongType, "an entry of environment must be text, NAME=VALUE; found %s", item.Describe()).
					Hint = "quote it: '" + propertiesVariable + "=taskmanager.numberOfTaskSlots: 4'"
				continue
			}
			name, _, given := strings.Cut(item.Text(), "=")
			v := variable{item, name}
			if given {
				v.prefix += "="
			}
			out[strings.TrimSpace(name)] = v
		}
	}
	return out, problems
}

// outside is a value that is all one variable of whoever starts compose.
var outside = source.Pattern(`^\$(?:\w+|\{\w+[^{}]*\})$`)

// properties reads FLINK_PROPERTIES: lines of key: value, as in flink-conf.yaml, however they are indented.
func (v variable) properties(o Options) (c flink.Config, problems source.List) {
	e := embed(v.node)
	switch text := strings.TrimSpace(v.text()); {
	case text == "" && !strings.HasSuffix(v.prefix, "=") || outside().MatchString(interpolated(text)):
		problems.Warnf(v.node.Place(), source.CodeConfigurationElsewhere, "%s is from the environment of docker compose, which is not read", propertiesVariable).
			Hint = "give udfplan what docker compose config prints"
		return nil, problems
	case outside().MatchString(text): // its default
		place := v.node.Place()
		e = embedded{file: &source.File{Name: v.node.File().Name, Text: interpolated(text)}, at: &place}
	case v.prefix != "":
		at := strings.Index(e.file.Text, v.prefix)
		if at < 0 {
			return nil, nil
		}
		e.file.Text = e.file.Text[:at] + strings.Repeat(" ", len(v.prefix)) + e.file.Text[at+len(v.prefix):]
	}
	c, problems = readLegacy(e.file, o.Version)
	e.place(c, problems)
	standard := o.Version.Stated() && flink.StandardConfShipped.In(o.Version)
	for i := range c {
		c[i].Value = interpolated(c[i].Value)
		c[i].Legacy = !standard
	}
	return c, problems
}

// withDefault is a variable of the shell around compose, with what it is where nobody sets it.
var withDefault = source.Pattern(`\$\{\w+:?-([^{}]*)\}`)

// interpolated is a text as compose makes it where no variable is set.
func interpolated(text string) string { return withDefault().ReplaceAllString(text, "$1") }

// elsewhere warns of a configuration that other files hold: Flink's own, mounted into the container, or variables in a file.
func (s *service) elsewhere(hasProperties bool) (problems source.List) {
	for _, key := range []string{"volumes", "configs"} {
		for item := range s.node.Field(key).ItemsOrNone() {
			from, to := mount(item)
			if to = strings.TrimSuffix(to, "/"); strings.HasSuffix(to, "/conf") || ownName(to) && strings.Contains(to, "/conf/") {
				problems.Warnf(item.Place(), source.CodeConfigurationElsewhere, "%s has its configuration from %s, which is not read", source.Excerpt(s.name), source.Excerpt(from)).
					Hint = "give the file in it: --flink-conf " + source.Excerpt(from)
			}
		}
	}
	if file := s.node.Field("env_file"); file.Valid() && !hasProperties {
		problems.Warnf(file.Place(), source.CodeConfigurationElsewhere, "%s has variables from an env_file, which is not read", source.Excerpt(s.name)).
			Hint = "give udfplan what docker compose config prints"
	}
	return problems
}

// mount is what of the host is where in a container: FROM:TO[:MODE], or a mapping.
func mount(item source.Node) (from, to string) {
	if item.Kind() != source.Text {
		return item.TextOf("source"), item.TextOf("target")
	}
	from, rest, _ := strings.Cut(interpolated(item.Text()), ":")
	to, _, _ = strings.Cut(rest, ":")
	return from, to
}
