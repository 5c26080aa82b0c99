package inbox

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"regexp"

	"mitan/bot"
	"mitan/locales"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static words
var assets embed.FS

// styles are the style sheets, in the order of their cascade.
var styles = []string{
	"tokens.css", "base.css", "parts.css", "frame.css", "desk.css", "queue.css", "thread.css", "facts.css", "records.css", "link.css",
	"menus.css", "manners.css", "narrow.css", "trust.css", "print.css",
}

// scripts are what the pages of an officer run, in order; each page works
// without them.
var scripts = []string{"htmx.js", "hx-csp.js", "frame.js", "live.js", "manners.js", "swap.js", "facts.js", "paper.js", "lock.js"}

// A pair hands two values to a template.
type pair struct{ First, Second any }

// views are the templates, parsed once for each language.
type views struct {
	byLang  map[locales.Lang]*template.Template
	words   map[locales.Lang]words
	version string            // of the static files: part of their addresses
	packed  map[string][]byte // static files by name, compressed where that helps
}

func loadViews() (*views, error) {
	v := &views{byLang: map[locales.Lang]*template.Template{}, words: map[locales.Lang]words{}}
	version, err := versionOf(assets)
	if err != nil {
		return nil, err
	}
	v.version = version
	if v.packed, err = packStatic(assets); err != nil {
		return nil, err
	}
	for _, lang := range locales.Langs() {
		words, err := loadWords(lang)
		if err != nil {
			return nil, err
		}
		v.words[lang] = words
		funcs := template.FuncMap{
			"t":       words.text,
			"name":    words.name,
			"when":    words.when,
			"steps":   words.steps,
			"static":  func(file string) string { return "/static/" + file + "?v=" + v.version },
			"icon":    v.icon,
			"styles":  func() []string { return styles },
			"scripts": func() []string { return scripts },
			"pair":    func(first, second any) pair { return pair{first, second} },
			"reasons": revealReasons,
		}
		parsed, err := parseTemplates(template.New("").Funcs(funcs).Funcs(partFuncs()).Option("missingkey=error"))
		if err != nil {
			return nil, fmt.Errorf("parse templates: %w", err)
		}
		v.byLang[lang] = parsed
	}
	return v, nil
}

// indent is for who reads a template, not for the browser.
var indent = regexp.MustCompile(`\n\s+`)

func parseTemplates(root *template.Template) (*template.Template, error) {
	err := fs.WalkDir(templateFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := templateFiles.ReadFile(path)
		if err == nil {
			_, err = root.New(path).Parse(indent.ReplaceAllString(string(text), "\n"))
		}
		return err
	})
	return root, err
}

// icon draws one icon of static/icons.svg, for the eye only.
func (v *views) icon(name string) template.HTML {
	return template.HTML(`<svg class="i" aria-hidden="true"><use href="/static/icons.svg?v=` +
		v.version + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
}

// render writes a page whole, or, if its template fails, nothing.
func (v *views) render(w http.ResponseWriter, status int, lang locales.Lang, name string, data any) error {
	return v.renderParts(w, status, lang, name, data, nil)
}

// renderParts is render without those parts that an open page has already.
func (v *views) renderParts(w http.ResponseWriter, status int, lang locales.Lang, name string, data any, had map[string]string) error {
	var page bytes.Buffer
	if err := v.byLang[lang].ExecuteTemplate(&page, name, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	written, marks := cutParts(page.Bytes(), had)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if had != nil {
		w.Header().Set(partsHeader, marks)
	}
	written = pack(w, written)
	w.WriteHeader(status)
	_, _ = w.Write(written) // a browser that has gone is nobody's error
	return nil
}

// versionOf changes whenever one of the files does.
func versionOf(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", path, len(data), data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read static files: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6]), nil
}

// page is what every page shows.
type page struct {
	Unit     string
	Title    string // a key of words
	Lang     locales.Lang
	Other    locales.Lang // the language one can change to
	Back     string       // where changing the language leads back to
	Officer  *bot.Officer // nil if signed out
	Initials string       // of the officer
	Strip    *strip       // nil while the link is up, or signed out
	surround
	Again int // seconds after which the page is loaded again where scripts are off; 0 for never
}

func (in *Inbox) page(r *http.Request, v visit, title string) page {
	p := page{
		Unit: in.unit.Name(v.lang), Title: title,
		Lang: v.lang, Other: otherLanguage(v.lang), Back: r.URL.Path, surround: in.surround(r, v),
	}
	if v.signedIn() {
		officer := v.officer
		officer.Password, officer.TOTP = "", ""
		p.Officer, p.Initials = &officer, initials(officer.Name)
		p.Strip = in.stripFor(officer)
	}
	return p
}
