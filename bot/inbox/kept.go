package inbox

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// keptAddress is where a form that met the lock is found again.
const keptAddress = "/unlock/kept"

// wordFields are the fields of forms that an officer writes in, in the order of
// the pages, with the keys of words that name them. A form in which none of them
// is filled holds nothing that one click would not bring back.
var wordFields = []struct{ name, key string }{
	{"amount", "amend.amount"},
	{"bank", "amend.bank"},
	{"utr", "column.utrs"},
	{"when", "amend.when"},
	{"login", "signin.login"},
	{"name", "kept.name"},
	{"phone", "kept.phone"},
	{"value", "amend.value"},
	{"reason", "transfer.reason"},
	{"hi", "ready.hi"},
	{"en", "ready.en"},
	{"recipient", "release.recipient"},
}

// secretFields are never kept, and no form that has one is.
var secretFields = []string{"password", "fresh", "again", "code"}

// formPath is the address of a form of ours.
var formPath = regexp.MustCompile(`^(?:/[a-z0-9-]+)+(?:\?[a-z0-9=&]*)?$`)

// keepForm keeps a form that met the lock in the web session, which nobody reads
// before the password is given. It tells whether there was something to keep.
func (in *Inbox) keepForm(ctx context.Context, path string, form url.Values) bool {
	written := false
	for _, field := range wordFields {
		written = written || strings.TrimSpace(form.Get(field.name)) != ""
	}
	secret := slices.ContainsFunc(secretFields, form.Has)
	if !written || secret || !formPath.MatchString(path) {
		return false
	}
	if path == keptAddress { // it met the lock again
		path = in.sessions.GetString(ctx, sessionKeptPath)
	}
	in.sessions.Put(ctx, sessionKeptPath, path)
	in.sessions.Put(ctx, sessionKeptForm, form.Encode())
	return true
}

type keptPage struct {
	framed
	Fields []keptField // to be seen and changed
	Hidden []keptField // what the form needs besides
}

type keptField struct{ Name, Key, Value string }

// keptPage shows the form that met the lock, to be sent now or left.
func (in *Inbox) keptPage(w http.ResponseWriter, r *http.Request, v visit) error {
	form, err := url.ParseQuery(in.sessions.GetString(r.Context(), sessionKeptForm))
	if err != nil {
		return fmt.Errorf("read the form that was kept: %w", err)
	}
	if len(form) == 0 {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	frame, err := in.framed(r, v, "kept.title")
	if err != nil {
		return err
	}
	data := keptPage{framed: frame}
	for _, field := range wordFields {
		if form.Has(field.name) {
			data.Fields = append(data.Fields, keptField{field.name, field.key, form.Get(field.name)})
			form.Del(field.name)
		}
	}
	for name, values := range form {
		for _, value := range values {
			data.Hidden = append(data.Hidden, keptField{Name: name, Value: value})
		}
	}
	return in.views.render(w, http.StatusOK, v.lang, "kept", data)
}

// sendKept sends the form on to where it was meant for, or leaves it.
func (in *Inbox) sendKept(w http.ResponseWriter, r *http.Request, _ visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	ctx := r.Context()
	path := in.sessions.PopString(ctx, sessionKeptPath)
	in.sessions.Remove(ctx, sessionKeptForm)
	if path == "" || r.PostFormValue("leave") != "" {
		back := r.PostFormValue("back")
		if back == "" {
			back = path
		}
		http.Redirect(w, r, localPath(back), http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, path, http.StatusTemporaryRedirect) // as a form, with what it holds
	return nil
}
