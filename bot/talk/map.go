package talk

import (
	"fmt"
	"sort"
	"strings"
)

// maxLabels is how many answers an arrow of the map names; where more lead the
// same way it says how many.
const maxLabels = 3

// Mermaid draws the map of the talk: a box a question, an arrow an answer,
// a frame a flow.
func (e Exploration) Mermaid() string {
	arrows := map[[2]string][]string{}
	nodes := map[string]bool{}
	for _, edge := range e.Edges {
		pair := [2]string{edge.From, edge.To}
		arrows[pair] = append(arrows[pair], edge.By)
		nodes[edge.From], nodes[edge.To] = true, true
	}
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for _, flow := range flowsOf(nodes) {
		fmt.Fprintf(&b, "  subgraph %s\n", flow)
		for _, node := range sorted(nodes) {
			if flowOf(node) == flow {
				fmt.Fprintf(&b, "    %s[\"%s\"]\n", nodeID(node), nodeLabel(node))
			}
		}
		b.WriteString("  end\n")
	}
	for _, pair := range sortedPairs(arrows) {
		if from, to := nodeID(pair[0]), nodeID(pair[1]); pair[1] != "end" {
			fmt.Fprintf(&b, "  %s -->%s %s\n", from, arrowLabel(arrows[pair]), to)
		}
	}
	return b.String()
}

func flowOf(node string) string {
	if name, ok := strings.CutPrefix(node, "flow "); ok {
		return name
	}
	name, _, _ := strings.Cut(node, ".")
	return name
}

func flowsOf(nodes map[string]bool) []string {
	flows := map[string]bool{}
	for node := range nodes {
		if node != "end" {
			flows[flowOf(node)] = true
		}
	}
	return sorted(flows)
}

func nodeID(node string) string {
	return strings.NewReplacer(".", "_", " ", "_").Replace(node)
}

func nodeLabel(node string) string {
	if name, ok := strings.CutPrefix(node, "flow "); ok {
		return "▶ " + name
	}
	_, name, _ := strings.Cut(node, ".")
	return strings.ReplaceAll(name, "_", " ")
}

func arrowLabel(answers []string) string {
	var named []string
	for _, a := range answers {
		if a != "" && len(a) <= 16 && strings.IndexFunc(a, func(r rune) bool { return r > 127 }) < 0 {
			named = append(named, a)
		}
	}
	switch {
	case len(named) == 0 || len(named) < len(answers):
		return ""
	case len(named) > maxLabels:
		return fmt.Sprintf("|%d answers|", len(named))
	}
	return "|" + strings.Join(named, " / ") + "|"
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for item := range set {
		list = append(list, item)
	}
	sort.Strings(list)
	return list
}

func sortedPairs(arrows map[[2]string][]string) [][2]string {
	pairs := make([][2]string, 0, len(arrows))
	for pair := range arrows {
		pairs = append(pairs, pair)
	}
	sort.Slice(pairs, func(i, j int) bool { return fmt.Sprint(pairs[i]) < fmt.Sprint(pairs[j]) })
	return pairs
}
