package inbox

import (
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"mitan/locales"
)

// languageLife is how long the choice of a language is remembered.
const languageLife = 365 * 24 * time.Hour

// offered are the languages of the inbox; the first is for browsers that ask
// for neither.
var offered = language.NewMatcher([]language.Tag{language.Hindi, language.English})

func (in *Inbox) languageCookie() string { return in.cookieName("mitan_lang") }

// language is what the officer has chosen, or else what the browser asks for.
func (in *Inbox) language(r *http.Request) locales.Lang {
	if cookie, err := r.Cookie(in.languageCookie()); err == nil {
		if lang, ok := asLanguage(cookie.Value); ok {
			return lang
		}
	}
	_, i := language.MatchStrings(offered, r.Header.Get("Accept-Language"))
	return []locales.Lang{locales.Hindi, locales.English}[i]
}

func asLanguage(s string) (locales.Lang, bool) {
	for _, lang := range locales.Langs() {
		if s == string(lang) {
			return lang, true
		}
	}
	return "", false
}

func otherLanguage(lang locales.Lang) locales.Lang {
	if lang == locales.Hindi {
		return locales.English
	}
	return locales.Hindi
}

func (in *Inbox) chooseLanguage(w http.ResponseWriter, r *http.Request, _ visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	lang, ok := asLanguage(r.PostFormValue("lang"))
	if !ok {
		return errBadRequest
	}
	http.SetCookie(w, &http.Cookie{
		Name: in.languageCookie(), Value: string(lang), Path: "/",
		MaxAge: int(languageLife / time.Second), HttpOnly: true, Secure: in.secure,
		SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, backFrom(r), http.StatusSeeOther)
	return nil
}

// backFrom is the page on which a form of the frame was sent.
func backFrom(r *http.Request) string {
	if strings.HasPrefix(r.PostFormValue("back"), "/sign-in") {
		return "/sign-in"
	}
	return localPath(r.PostFormValue("back"))
}
