package render

import (
	"fmt"
	"strings"
	"sync"
)

// workerColors tell workers apart, on light ground and on dark; each has a contrast of 4.5 and more with it.
var workerColors = [...]graphColor{
	{"worker0", "#0b62c4", "#6cb2ff"},
	{"worker1", "#b4400a", "#ffa25e"},
	{"worker2", "#157347", "#5dd39e"},
	{"worker3", "#8a2bd0", "#cf9bff"},
	{"worker4", "#b5123f", "#ff8fa6"},
	{"worker5", "#0b6e75", "#4fd1d9"},
	{"worker6", "#7d5700", "#e6c14a"},
	{"worker7", "#4a5568", "#b4bfcd"},
}

type graphColor struct{ name, light, dark string }

// graphColors are the other colours.
var graphColors = []graphColor{
	{"page", "#ffffff", "#14181f"},
	{"ink", "#1b2430", "#e6ebf2"},
	{"faint", "#566171", "#a3afbf"},
	{"line", "#6b7787", "#8c99ab"},
	{"region", "#f3f6fa", "#1b212b"},
	{"frame", "#c3ccd8", "#3a4554"},
	{"chain", "#ffffff", "#232b37"},
	{"row", "#e9eef4", "#303a48"},
	{"python", "#fff4d6", "#3d3620"},
	{"pythonframe", "#a67c00", "#d9b44a"},
	{"large", "#c4162a", "#ff7b86"},
}

// graphRules are the looks of the classes; `$name` is a colour.
var graphRules = []string{
	`text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;fill:$ink;font-size:11px}`,
	`.u-page{fill:$page}`,
	`.u-head{font-size:16px;font-weight:600}`,
	`.u-name{font-size:13px;font-weight:600}`,
	`.u-detail{fill:$faint}`,
	`.u-group{fill:$faint;font-weight:600}`,
	`.u-region{fill:$region;stroke:$frame;stroke-dasharray:5 4}`,
	`.u-chain{fill:$chain;stroke:$frame;stroke-width:1.5}`,
	`.u-java{fill:$row}`,
	`.u-python{fill:$python;stroke:$pythonframe}`,
	`.u-thread{stroke-dasharray:4 3}`,
	`.u-py{fill:$pythonframe;stroke:$pythonframe;stroke-width:2;stroke-linejoin:round}`,
	`.u-pytext{fill:$page;font-weight:700;text-anchor:middle}`,
	`.u-edge,.u-inner,.u-room,.u-tie{fill:none;stroke:$line;stroke-width:1.5}`,
	`.u-room{stroke-opacity:0;stroke-width:11}`,
	`.u-arrow{fill:$line}`,
	`.u-why{fill:$faint;font-size:10px}`,
	`.u-tie{stroke-width:2.5;stroke-linecap:round}`,
	`.u-badge{fill:$page;stroke-width:2}`,
	`.u-worker{font-weight:600}`,
	`.u-end{text-anchor:end}`,
	`.u-above{fill:$large;font-weight:600}`,
	`.u-sign{fill:$large}`,
	`.u-mark{fill:none;stroke:$page;stroke-width:2}`,
}

// SVGStyle is the stylesheet of all drawings, which are of the class udfplan; the classes in them begin with u-. Colours are custom properties, --udfplan-NAME; the
// dark ones hold where the reader prefers them, and in a page whose root has data-theme="dark"; never with data-theme="light".
// A program that does not know custom properties takes the light colours.
var SVGStyle = sync.OnceValue(func() string {
	colors := append(append([]graphColor{}, graphColors...), workerColors[:]...)
	var light, dark, replaced []string
	for _, c := range colors {
		light = append(light, "--udfplan-"+c.name+":"+c.light)
		dark = append(dark, "--udfplan-"+c.name+":"+c.dark)
	}
	rules := append([]string{}, graphRules...)
	for i := range workerColors {
		rules = append(rules, fmt.Sprintf(".u-line%d{stroke:$worker%[1]d}", i), fmt.Sprintf(".u-fill%d{fill:$worker%[1]d}", i))
	}
	rules = append(rules, ".u-dashed{stroke-dasharray:7 4}", ".u-large{stroke:$large;stroke-width:2.5}")
	for _, rule := range rules {
		replaced = append(replaced, ".udfplan "+strings.ReplaceAll(withColors(rule, colors), ",.u-", ",.udfplan .u-"))
	}
	return ".udfplan{" + strings.Join(light, ";") + "}\n" +
		"@media (prefers-color-scheme:dark){:root:not([data-theme=light]) .udfplan,svg.udfplan:root{" + strings.Join(dark, ";") + "}}\n" +
		":root[data-theme=dark] .udfplan{" + strings.Join(dark, ";") + "}\n" +
		strings.Join(replaced, "\n")
})

// withColors says every colour twice: as itself, and as the custom property, which wins where that is known.
func withColors(rule string, colors []graphColor) string {
	before, body, _ := strings.Cut(strings.TrimSuffix(rule, "}"), "{")
	var out []string
	for _, declaration := range strings.Split(body, ";") {
		property, name, isColor := strings.Cut(declaration, ":$")
		if !isColor {
			out = append(out, declaration)
			continue
		}
		for _, c := range colors {
			if c.name == name {
				out = append(out, property+":"+c.light, property+":var(--udfplan-"+name+")")
			}
		}
	}
	return before + "{" + strings.Join(out, ";") + "}"
}
