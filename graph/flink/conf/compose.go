package conf

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// isCompose reports whether documents are a docker compose file: services, each a mapping.
func isCompose(docs []source.Node) bool {
	if len(docs) == 0 || docs[0].Kind() != source.Mapping {
		return false
	}
	services := docs[0].Field("services")
	if !services.Valid() || services.Kind() != source.Mapping {
		return false
	}
	for _, service := range services.Fields() {
		if service.Kind() == source.Mapping {
			return true
		}
	}
	return false
}

// service is one service of a compose file.
type service struct {
	name string
	node source.Node
}

// words are the words of a service's command or entrypoint, either spelling.
func (s *service) words() (words []string) {
	for _, key := range []string{"entrypoint", "command"} {
		n := s.node.Field(key)
		switch {
		case !n.Valid():
		case n.Kind() == source.Text:
			words = append(words, strings.Fields(n.Text())...)
		default:
			for item := range n.ItemsOrNone() {
				words = append(words, strings.Fields(item.Text())...)
			}
		}
	}
	return words
}

// runsTaskManager: the image's entrypoint, or Flink's script, is told so.
func (s *service) runsTaskManager() bool {
	return slices.ContainsFunc(s.words(), func(word string) bool {
		word = strings.Trim(word, `"'&;`)
		return word == "taskmanager" || word == "taskmanager.sh" || strings.HasSuffix(word, "/taskmanager.sh")
	})
}

// named: where no command says it, its name may.
func (s *service) namedTaskManager() bool {
	name := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s.name), "-", ""), "_", "")
	return strings.Contains(name, "taskmanager")
}

// taskManagers are the services that run one.
func taskManagers(docs []source.Node) (found []service) {
	var named []service
	for key, node := range docs[0].Field("services").Fields() {
		s := service{key.Text(), node}
		switch {
		case node.Kind() != source.Mapping:
		case s.runsTaskManager():
			found = append(found, s)
		case s.namedTaskManager():
			named = append(named, s)
		}
	}
	if len(found) == 0 {
		return named
	}
	return found
}

// readCompose reads what the service that runs a TaskManager is told in its environment and its command. The image's
// entrypoint appends FLINK_PROPERTIES to the configuration that Flink is shipped with.
func readCompose(docs []source.Node, o Options) (Configuration, source.List) {
	var problems source.List
	found := taskManagers(docs)
	services := docs[0].Field("services")
	if o.Name != "" {
		found = slices.DeleteFunc(found, func(s service) bool { return s.name != o.Name })
	}
	switch {
	case len(found) == 0 && o.Name != "":
		problems.Errorf(services.Place(), source.CodeUnknownName, "no service of this compose file is called %q and runs a taskmanager", source.Excerpt(o.Name))
		return Configuration{}, problems
	case len(found) == 0:
		problems.Errorf(services.Place(), source.CodeUnsupportedDocument, "no service of this compose file runs a taskmanager, by its command or its name").
			Hint = "udfplan reads the FLINK_PROPERTIES of the service whose command is taskmanager"
		return Configuration{}, problems
	}
	var first Configuration
	for i := range found {
		c, said := found[i].read(o)
		switch {
		case i == 0:
			first, problems = c, said
		case !sameOptions(first.Config, c.Config):
			problems.Errorf(found[i].node.Place(), source.CodeSeveralClusters, "the services %s and %s run TaskManagers that are configured otherwise", found[0].name, found[i].name).
				Hint = fmt.Sprintf("choose one: --flink-conf %s#%s", docs[0].File().Name, found[0].name)
			return first, problems
		}
	}
	return first, problems
}

// sameOptions: several services of one configuration are as good as one.
func sameOptions(a, b flink.Config) bool {
	return slices.EqualFunc(a, b, func(x, y flink.Entry) bool { return x.Key == y.Key && x.Value == y.Value })
}

func (s *service) read(o Options) (c Configuration, problems source.List) {
	c.Name, c.Shipped = s.name, true
	if image := textField(s.node, "image"); image != "" {
		c.Version = versionOfImage(interpolated(image))
	}
	if !o.Version.Stated() {
		o.Version = c.Version
	}
	environment := s.environment()
	if slots, set := environment["TASK_MANAGER_NUMBER_OF_TASK_SLOTS"]; set {
		at := slots.node.Place()
		c.Config = append(c.Config, flink.Entry{Key: flink.KeySlots, Value: strings.TrimSpace(interpolated(slots.text())), Place: at, ValuePlace: at})
	}
	if lines, set := environment["FLINK_PROPERTIES"]; set {
		var properties flink.Config
		properties, problems = lines.properties(o)
		c.Config = append(c.Config, properties...)
	}
	return s.dynamic(c), problems
}

// dynamic adds the options on the command line: -Dkey=value, or -D key=value. They are the strongest.
func (s *service) dynamic(c Configuration) Configuration {
	words := s.words()
	for i, word := range words {
		option, given := strings.CutPrefix(word, "-D")
		if given && option == "" && i+1 < len(words) {
			option = words[i+1]
		}
		if key, value, found := strings.Cut(option, "="); given && found {
			at := s.node.Field("command")
			if !at.Valid() {
				at = s.node
			}
			c.Config = append(c.Config, flink.Entry{Key: key, Value: interpolated(value), Place: at.Place(), ValuePlace: at.Place()})
		}
	}
	return c
}

// variable is the value of a variable: a node, of which the first bytes may be the name.
type variable struct {
	node   source.Node
	prefix string
}

func (v variable) text() string { return strings.TrimPrefix(v.node.Text(), v.prefix) }

// environment are the variables of a service: a mapping, or a list of NAME=VALUE.
func (s *service) environment() map[string]variable {
	out := map[string]variable{}
	n := s.node.Field("environment")
	switch {
	case !n.Valid():
	case n.Kind() == source.Mapping:
		for key, value := range n.Fields() {
			out[key.Text()] = variable{node: value}
		}
	default:
		for item := range n.ItemsOrNone() {
			if name, _, found := strings.Cut(item.Text(), "="); found && item.Kind() == source.Text {
				out[strings.TrimSpace(name)] = variable{item, name + "="}
			}
		}
	}
	return out
}

// properties reads FLINK_PROPERTIES: lines of key: value, as in flink-conf.yaml, however they are indented.
func (v variable) properties(o Options) (flink.Config, source.List) {
	e := embed(v.node)
	if v.prefix != "" {
		at := strings.Index(e.file.Text, v.prefix)
		if at < 0 {
			return nil, nil
		}
		e.file.Text = e.file.Text[:at] + strings.Repeat(" ", len(v.prefix)) + e.file.Text[at+len(v.prefix):]
	}
	c, problems := readLegacy(e.file, o.Version)
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
