package inbox

import (
	"net/http"
	"time"
)

// themeLife is how long the choice of light or dark is remembered.
const themeLife = 365 * 24 * time.Hour

// The themes; without a choice the device's own is shown.
const (
	themeLight = "light"
	themeDark  = "dark"
)

func (in *Inbox) themeCookie() string { return in.cookieName("mitan_theme") }

// theme is what the officer has chosen on this device; "" for none.
func (in *Inbox) theme(r *http.Request) string {
	cookie, err := r.Cookie(in.themeCookie())
	if err != nil || cookie.Value != themeLight && cookie.Value != themeDark {
		return ""
	}
	return cookie.Value
}

// chooseTheme keeps the choice of light, dark, or the device's own ("auto").
func (in *Inbox) chooseTheme(w http.ResponseWriter, r *http.Request, _ visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	chosen := &http.Cookie{
		Name: in.themeCookie(), Value: r.PostFormValue("theme"), Path: "/",
		MaxAge: int(themeLife / time.Second), HttpOnly: true, Secure: in.secure,
		SameSite: http.SameSiteStrictMode,
	}
	switch chosen.Value {
	case themeLight, themeDark:
	case "auto":
		chosen.Value, chosen.MaxAge = "", -1
	default:
		return errBadRequest
	}
	http.SetCookie(w, chosen)
	http.Redirect(w, r, backFrom(r), http.StatusSeeOther)
	return nil
}
