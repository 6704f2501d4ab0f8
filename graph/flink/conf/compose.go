package conf

import (
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
	name      string
	key, node source.Node
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
		s := service{key.Text(), key, node}
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
	first, problems := found[0].read(o)
	first.read.add(found[0].key, keysBeside(docs[0]), found[0].looked()...)
	for i := range found[1:] {
		c, _ := found[i+1].read(o)
		if !sameOptions(first.Config, c.Config) {
			problems.Errorf(found[i+1].node.Place(), source.CodeSeveralClusters, "%d services run TaskManagers, and are configured otherwise: %s", len(found), namesOf(found)).
				Hint = "choose one: " + choice(docs[0].File(), source.Excerpt(found[0].name))
			return first, problems
		}
	}
	return first, problems
}

// keysBeside are the keys of a compose file and its services.
func keysBeside(doc source.Node) (keys []source.Node) {
	for key := range doc.Fields() {
		keys = append(keys, key)
	}
	for key := range doc.Field("services").Fields() {
		keys = append(keys, key)
	}
	return keys
}

func namesOf(services []service) string {
	return listed(len(services), func(i int) string { return services[i].name })
}

// looked are the values of a service that decide.
func (s *service) looked() (values []source.Node) {
	for _, key := range []string{"image", "entrypoint", "command", "environment"} {
		values = append(values, s.node.Field(key))
	}
	return values
}

// sameOptions: several services of one configuration are as good as one.
func sameOptions(a, b flink.Config) bool {
	return slices.EqualFunc(a, b, func(x, y flink.Entry) bool { return x.Key == y.Key && x.Value == y.Value })
}

func (s *service) read(o Options) (c Configuration, problems source.List) {
	c.Name, c.Shipped = s.name, true
	if image := s.node.TextOf("image"); image != "" {
		c.Version = versionOfImage(interpolated(image))
	}
	if !o.Version.Stated() {
		o.Version = c.Version
	}
	environment, problems := s.environment()
	if slots, set := environment[slotsVariable]; set && slots.text() != "" {
		at := slots.node.Place()
		c.Config = append(c.Config, flink.Entry{Key: flink.KeySlots, Value: strings.TrimSpace(interpolated(slots.text())), Place: at, ValuePlace: at})
	}
	lines, set := environment[propertiesVariable]
	if set {
		properties, said := lines.properties(o)
		c.Config = append(c.Config, properties...)
		problems = append(problems, said...)
	}
	c = s.dynamic(c)
	return c, append(problems, s.elsewhere(set)...)
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
