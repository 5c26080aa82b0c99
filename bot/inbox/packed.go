package inbox

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
)

// leastPacked is how long a page is, in bytes, from which on it is packed.
const leastPacked = 1000

// takesGzip marks the answer to a browser that unpacks gzip.
type takesGzip struct{ http.ResponseWriter }

// Unwrap is for http.ResponseController.
func (w takesGzip) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// noteGzip notes on the answer whether the browser unpacks gzip.
func noteGzip(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return takesGzip{w}
	}
	return w
}

// pack makes a page shorter by a third, by giving frequent letters short codes
// and no more. Words that repeat others are not made shorter: a page holds what
// residents write beside what others did, and its length, which can be seen on
// the line, must not tell who guesses that a guess was right.
func pack(w http.ResponseWriter, page []byte) []byte {
	if _, takes := w.(takesGzip); !takes || len(page) < leastPacked {
		return page
	}
	var small bytes.Buffer
	z, err := gzip.NewWriterLevel(&small, gzip.HuffmanOnly)
	if err != nil {
		return page
	}
	if _, err = z.Write(page); err == nil {
		err = z.Close()
	}
	if err != nil {
		return page
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Add("Vary", "Accept-Encoding")
	return small.Bytes()
}
