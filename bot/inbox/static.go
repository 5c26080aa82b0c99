package inbox

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
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
	h := w.Header()
	h.Set("Content-Type", staticType(file))
	h.Set("Cache-Control", "no-cache")
	if r.FormValue("v") == in.views.version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if packed, ok := in.views.packed[file]; ok {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			data = packed
		}
	}
	_, _ = w.Write(data) // a browser that has gone is nobody's error
	return nil
}

// packStatic compresses the static files once, but for those that are
// compressed as they are.
func packStatic(files fs.FS) (map[string][]byte, error) {
	packed := map[string][]byte{}
	err := fs.WalkDir(files, "static", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) == ".woff2" {
			return err
		}
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		var small bytes.Buffer
		z, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err = z.Write(data); err == nil {
			err = z.Close()
		}
		packed[file] = small.Bytes()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("compress static files: %w", err)
	}
	return packed, nil
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
