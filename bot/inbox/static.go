package inbox

import (
	"net/http"
	"path"
	"strings"

	"mitan/bot"
)

// static serves the embedded files. One that is asked for by its version
// never changes and is kept by the browser.
func (in *Inbox) static(w http.ResponseWriter, r *http.Request, _ visit) error {
	file := path.Join("static", path.Clean("/"+r.PathValue("file")))
	data, err := assets.ReadFile(file)
	if err != nil {
		return bot.ErrNotFound
	}
	w.Header().Set("Content-Type", staticType(file))
	w.Header().Set("Cache-Control", "no-cache")
	if r.FormValue("v") == in.views.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, err = w.Write(data)
	return err
}

func staticType(file string) string {
	types := map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml", ".woff2": "font/woff2",
	}
	if found, ok := types[strings.ToLower(path.Ext(file))]; ok {
		return found
	}
	return "text/plain; charset=utf-8"
}
