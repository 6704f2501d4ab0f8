package conf

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// flinkImage is an image of Flink's own; its tag begins with the version.
var flinkImage = source.Pattern(`(?:^|/)flink:v?(\d+\.\d+)(?:\.\d+)?(?:$|[-_.])`)

// imageVersion is the version of the first image of Flink's own in the containers of a resource, else of those beside it; the zero
// Version where there is none.
func imageVersion(own *resource, all []resource) flink.Version {
	v := versionInImages(own.doc, 0)
	for i := 0; i < len(all) && !v.Stated(); i++ {
		v = versionInImages(all[i].doc, 0)
	}
	return v
}

// versionInImages looks for `image: flink:1.17` at any depth.
func versionInImages(n source.Node, depth int) (v flink.Version) {
	const deepest = 12
	switch {
	case depth > deepest:
	case n.Kind() == source.Mapping:
		for key, value := range n.Fields() {
			if key.Text() == "image" && value.Kind() == source.Text {
				v = versionOfImage(value.Text())
			} else {
				v = versionInImages(value, depth+1)
			}
			if v.Stated() {
				return v
			}
		}
	case n.Kind() == source.Sequence:
		for item := range n.Items() {
			if v = versionInImages(item, depth+1); v.Stated() {
				return v
			}
		}
	}
	return v
}

func versionOfImage(image string) (v flink.Version) {
	if found := flinkImage().FindStringSubmatch(image); found != nil {
		v, _ = flink.ParseVersion(found[1])
	}
	return v
}
