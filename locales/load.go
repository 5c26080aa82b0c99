package locales

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// The files of a language's folder that hold no texts.
const (
	keywordFile = "keywords.toml" // words that are a command when they stand alone
	requestFile = "requests.toml" // what asks for it in a sentence
)

// entry is one text and the file that it is from.
type entry struct {
	text, file string
}

func (e entry) template() bool { return strings.Contains(e.text, "{{") }

// reader collects texts, keywords and whatever is wrong with them.
type reader struct {
	texts    map[Lang]map[string]entry
	vars     map[string][]string
	keywords []keywordList
	problems []error
}

// problem notes what is wrong with a file (and key) and what to change.
func (r *reader) problem(file, key, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if key != "" {
		what = key + ": " + what
	}
	r.problems = append(r.problems, fmt.Errorf("%s: %s", file, what))
}

func (r *reader) err() error { return errors.Join(r.problems...) }

// read takes in the folders of all languages; place names the file system in
// problems.
func (r *reader) read(fsys fs.FS, place string) {
	r.texts = map[Lang]map[string]entry{}
	for _, lang := range Langs() {
		r.texts[lang] = r.readLang(fsys, lang, place)
	}
	r.vars = map[string][]string{}
	for _, lang := range Langs() {
		for _, key := range sortedKeys(r.texts[lang]) {
			used, err := variables(r.texts[lang][key].text)
			if err != nil {
				continue // reported when it was read
			}
			r.vars[key] = union(r.vars[key], used)
		}
	}
}

// checkPairs reports texts that only one language has.
func (r *reader) checkPairs() {
	for _, lang := range Langs() {
		for _, other := range Langs() {
			for _, key := range sortedKeys(r.texts[lang]) {
				if _, ok := r.texts[other][key]; !ok {
					e := r.texts[lang][key]
					r.problem(e.file, key, "has no text in %s; add it to %s/%s", other, other, path.Base(e.file))
				}
			}
		}
	}
}

// readOverride lays the texts of an override directory over those read.
func (r *reader) readOverride(fsys fs.FS) {
	const place = "override "
	r.checkFolders(fsys, place)
	for _, lang := range Langs() {
		over := r.readLang(fsys, lang, place)
		for _, key := range sortedKeys(over) {
			e := over[key]
			if _, ok := r.texts[lang][key]; !ok {
				r.problem(e.file, key, "is not a text of the helpline; remove it or mend its name")
				continue
			}
			used, err := variables(e.text)
			if err != nil {
				continue
			}
			for _, name := range used {
				if !slices.Contains(r.vars[key], name) {
					r.problem(e.file, key, "uses {{.%s}}, which this text does not have; it has: %s", name, listOr(r.vars[key], "no variables"))
				}
			}
			r.texts[lang][key] = e
		}
	}
}

// checkFolders reports folders of an override that are no language, so that a
// misnamed one is not silently without effect.
func (r *reader) checkFolders(fsys fs.FS, place string) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		r.problem(place+"directory", "", "cannot be read: %v", err)
		return
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(Langs(), Lang(e.Name())) {
			r.problem(place+e.Name(), "", "is not a language; the folders are %v", Langs())
		}
	}
}

// readLang reads the files of one language's folder; a missing folder is empty.
func (r *reader) readLang(fsys fs.FS, lang Lang, place string) map[string]entry {
	texts := map[string]entry{}
	files, err := fs.Glob(fsys, string(lang)+"/*.toml")
	if err != nil {
		r.problem(place+string(lang), "", "cannot be listed: %v", err)
	}
	for _, file := range files {
		tree, ok := r.decode(fsys, file, place)
		if !ok {
			continue
		}
		if path.Base(file) == keywordFile {
			r.addKeywords(place+file, tree)
			continue
		}
		if path.Base(file) == requestFile {
			r.addRequests(place+file, tree)
			continue
		}
		r.addTexts(texts, place+file, "", tree)
	}
	return texts
}

func (r *reader) decode(fsys fs.FS, file, place string) (map[string]any, bool) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		r.problem(place+file, "", "cannot be read: %v", err)
		return nil, false
	}
	tree := map[string]any{}
	if err := toml.Unmarshal(data, &tree); err != nil {
		r.problem(place+file, "", "is not proper TOML: %v", err)
		return nil, false
	}
	return tree, true
}

// addTexts flattens a TOML tree to dotted keys and checks each text.
func (r *reader) addTexts(texts map[string]entry, file, prefix string, tree map[string]any) {
	for _, name := range sortedKeys(tree) {
		key := prefix + name
		switch value := tree[name].(type) {
		case map[string]any:
			r.addTexts(texts, file, key+".", value)
		case string:
			if earlier, ok := texts[key]; ok {
				r.problem(file, key, "is already in %s; remove one of the two", earlier.file)
				continue
			}
			texts[key] = entry{text: strings.TrimSpace(value), file: file}
			r.checkText(key, texts[key])
		default:
			r.problem(file, key, `is not a text; write it as %s = "…"`, key)
		}
	}
}

func (r *reader) checkText(key string, e entry) {
	if e.text == "" {
		r.problem(e.file, key, "is empty; write a text")
	}
	if n := utf8.RuneCountInString(e.text); n > MaxText {
		r.problem(e.file, key, "has %d characters; shorten it to %d", n, MaxText)
	}
	if _, err := variables(e.text); err != nil {
		r.problem(e.file, key, "cannot be filled in: %v", err)
	}
}

// variables returns the names that a text takes from its caller, sorted. Texts
// may use {{.name}} and {{if}}, which is all that a translator needs.
func variables(text string) ([]string, error) {
	t, err := template.New("text").Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%w; write variables as {{.name}}", err)
	}
	if t.Tree == nil {
		return nil, nil
	}
	names := map[string]bool{}
	if err := walk(t.Root, names); err != nil {
		return nil, err
	}
	return sortedKeys(names), nil
}

func walk(node parse.Node, names map[string]bool) error {
	var children []parse.Node
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			children = n.Nodes
		}
	case *parse.ActionNode:
		return walk(n.Pipe, names)
	case *parse.IfNode:
		children = []parse.Node{n.Pipe, n.List}
		if n.ElseList != nil {
			children = append(children, n.ElseList)
		}
	case *parse.PipeNode:
		for _, cmd := range n.Cmds {
			children = append(children, cmd.Args...)
		}
	case *parse.FieldNode:
		if len(n.Ident) > 1 {
			return fmt.Errorf("%s goes too deep; use {{.%s}}", n, n.Ident[0])
		}
		names[n.Ident[0]] = true
	case *parse.TextNode, *parse.NumberNode, *parse.StringNode, *parse.BoolNode, *parse.IdentifierNode, *parse.CommentNode:
	default:
		return fmt.Errorf("%q is not supported; use only {{.name}} and {{if}}", node)
	}
	for _, child := range children {
		if err := walk(child, names); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func listOr(names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return strings.Join(names, ", ")
}
