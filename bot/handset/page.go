package handset

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"mitan/bot"
	"mitan/locales"
)

// Persona is an invented resident of the page.
type Persona struct {
	Name  string
	Phone string // ten digits
}

// Initial is the first letter of the name, with the signs that belong to it.
func (p Persona) Initial() string { return firstCluster(p.Name) }

// Spaced is the number as people say it, five digits and five.
func (p Persona) Spaced() string { return p.Phone[:5] + " " + p.Phone[5:] }

// Records is what the page reads. [bot.Store] has it.
type Records interface {
	FindIdentifier(ctx context.Context, part string, limit int) ([]int64, error)
	Conversation(ctx context.Context, resident int64) (bot.Conversation, error)
	Thread(ctx context.Context, resident, before int64, limit int) ([]bot.Message, error)
	Media(ctx context.Context, id int64) (bot.Media, error)
	OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error)
}

// WebOptions are what the web page is made of.
type WebOptions struct {
	Store    Records
	Unit     *bot.Unit
	Personas []Persona
	Inbox    string // address of the officers' inbox, to show beside; may be ""
}

//go:embed page.html handset.css handset.js
var files embed.FS

var pageTemplate = template.Must(template.ParseFS(files, "page.html"))

// page is the web page of the handset.
type page struct {
	*Handset
	WebOptions
	residents residents
}

var errNoPersonas = errors.New("the handset's page needs at least one persona")

// Web is the web page. Its paths are relative, so it may be mounted under
// any. The streams of open pages end with their requests' contexts: let the
// server's BaseContext end before it is shut down. The bot must be running.
func (h *Handset) Web(o WebOptions) (http.Handler, error) {
	if len(o.Personas) == 0 {
		return nil, errNoPersonas
	}
	o.Personas = slices.Clone(o.Personas)
	for i, p := range o.Personas {
		phone, err := ParsePhone(p.Phone)
		if err != nil {
			return nil, err
		}
		o.Personas[i].Phone = phone
	}
	p := &page{Handset: h, WebOptions: o}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.show)
	mux.HandleFunc("GET /handset.css", asset("handset.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /handset.js", asset("handset.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /media/{id}", p.media)
	mux.HandleFunc("GET /events", p.events)
	mux.HandleFunc("POST /send", p.send)
	mux.HandleFunc("POST /seen", p.seen)
	return guard(http.NewCrossOriginProtection().Handler(mux)), nil
}

// contentPolicy lets the page use its own script, style and media and nothing
// else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers of every answer.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
		header.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func asset(name, contentType string) http.HandlerFunc {
	body, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}
}

// show is the page as it stands. The script fetches it again after each change
// and takes over what differs, so there is one way of drawing it.
func (p *page) show(w http.ResponseWriter, r *http.Request) {
	lang := locales.Lang(r.FormValue("lang"))
	if !slices.Contains(locales.Langs(), lang) {
		lang = locales.Hindi
	}
	as := p.Personas[0]
	if phone := r.FormValue("as"); phone != "" {
		persona, ok := p.persona(phone)
		if !ok {
			http.Error(w, "no such resident on this handset", http.StatusNotFound)
			return
		}
		as = persona
	}
	view, err := p.view(r.Context(), as, lang)
	if err != nil {
		p.fail(w, "draw the handset's page", err)
		return
	}
	var out bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&out, "page.html", view); err != nil {
		p.fail(w, "draw the handset's page", err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}

func (p *page) persona(phone string) (Persona, bool) {
	i := slices.IndexFunc(p.Personas, func(persona Persona) bool { return persona.Phone == phone })
	if i < 0 {
		return Persona{}, false
	}
	return p.Personas[i], true
}

// fail answers what is no fault of the page's reader.
func (p *page) fail(w http.ResponseWriter, what string, err error) {
	p.log.Warn("the handset's page cannot answer", "what", what, "error", err)
	http.Error(w, "the helpline cannot be reached at the moment", http.StatusServiceUnavailable)
}

// firstCluster is the first letter of a name with the signs that belong to it,
// in capitals.
func firstCluster(name string) string {
	runes := []rune(name)
	n := min(1, len(runes))
	for n < len(runes) && isSign(runes[n]) {
		n++
	}
	return strings.ToUpper(string(runes[:n]))
}
