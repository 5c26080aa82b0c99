package flows

import (
	"mitan/bot/talk"
	"mitan/locales"
)

// Welcome asks for the language, in both at once, and says who we are.
func Welcome(t *talk.Talk) {
	lang := t.Choose("welcome.language",
		talk.Option{ID: string(locales.Hindi), Label: "welcome.hindi"},
		talk.Option{ID: string(locales.English), Label: "welcome.english"})
	t.SetLanguage(locales.Lang(lang))
	t.Greet()
	t.Go(t.Wish())
}

// Language changes the language.
func Language(t *talk.Talk) {
	lang := t.Choose("language.which",
		talk.Option{ID: string(locales.Hindi), Label: "welcome.hindi"},
		talk.Option{ID: string(locales.English), Label: "welcome.english"})
	t.SetLanguage(locales.Lang(lang))
	t.Say("talk.language_set")
	t.Go(talk.MenuFlow)
}
