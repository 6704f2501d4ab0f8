package render

// GraphFormats are all formats of `graph`.
var GraphFormats = []Format[[]*Drawing]{
	{"svg", "a picture for browsers, light or dark; several jobs below one another", writeSVG},
	{"dot", "for Graphviz, one graph a job", writeDOT},
	{"mermaid", "for GitHub and other Markdown, one chart, several jobs as parts of it", writeMermaid},
}
