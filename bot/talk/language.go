package talk

import (
	"strings"
	"unicode"

	"mitan/bot"
	"mitan/locales"
)

// switchTo changes the language and says the question again in it.
func (t *Talk) switchTo(lang locales.Lang) {
	if !t.greeted {
		t.live = true
		t.SetLanguage(lang)
		t.s.Greeted = true
		t.reply("talk.language_set", t.render("talk.language_set"))
	}
	if t.s.Flow == WelcomeFlow {
		t.start(MenuFlow)
		return
	}
	t.again()
}

// chooseLanguage guesses the language of a first message that shows it. It
// tells whether the talk can go on; else the welcome asks.
func (t *Talk) chooseLanguage() bool {
	lang := t.guessLanguage()
	if lang == "" {
		if t.s.Flow == WelcomeFlow {
			return true // its question reads the message
		}
		t.keepFirstMedia()
		wish := t.d.starts[t.command()]
		t.start(WelcomeFlow)
		t.s.Wish = wish
		return false
	}
	inWelcome := t.s.Flow == WelcomeFlow
	t.live = true
	t.SetLanguage(lang)
	t.greet()
	if inWelcome {
		t.s.matter = matter{}
	}
	return true
}

// keepFirstMedia keeps a picture or a recording that comes before the language
// is known. A person must look at it.
func (t *Talk) keepFirstMedia() {
	if t.hasMedia() && t.in.Kind != bot.Sticker {
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{}, bot.Escalate{Reason: bot.ReasonVoice})
	}
}

// greet says who we are, once.
func (t *Talk) greet() {
	if !t.s.Greeted {
		t.s.Greeted, t.greeted = true, true
		t.reply("welcome.us", t.render("welcome.us"))
	}
}

// helpFirst puts what helps this minute, the reply at a place, before who we are
// and all else.
func (t *Talk) helpFirst(at int) {
	urgent := t.helps || t.s.Flow == UrgentFlow || (t.s.Flow == ReportFlow && t.draft != nil && t.draft.MoneyGone)
	if r := t.out.Replies; urgent && at+1 < len(r) { // the last is the question
		help := r[at]
		copy(r[1:at+1], r[:at])
		r[0] = help
	}
}

// inAllLanguages is a text in the resident's language, or in the one that the
// message shows, or else in all of them.
func (t *Talk) inAllLanguages(key string) string {
	t.trace.rendered(key)
	lang := t.conv.Resident.Lang
	if lang == "" && t.in.Kind != bot.Call {
		lang = t.guessLanguage()
	}
	if lang != "" {
		return t.d.render(lang, key)
	}
	var all []string
	for _, lang := range locales.Langs() {
		all = append(all, t.d.render(lang, key))
	}
	return strings.Join(all, "\n\n")
}

// guessLanguage is the language that a first message shows: by its script, or
// by what it says. A greeting in Latin letters shows none.
func (t *Talk) guessLanguage() locales.Lang {
	switch c := t.command(); {
	case c == locales.CmdHindi:
		return locales.Hindi
	case c == locales.CmdEnglish:
		return locales.English
	case strings.ContainsFunc(t.text, func(r rune) bool { return unicode.Is(unicode.Devanagari, r) && unicode.IsLetter(r) }):
		return locales.Hindi
	case t.s.Flow == WelcomeFlow && len(t.text) <= 2:
		return ""
	}
	lang := locales.Guess(t.text)
	if lang == "" && t.cannotWait() {
		lang = locales.Hindi
		if locales.HasEnglish(t.text) {
			lang = locales.English
		}
	}
	return lang
}

// cannotWait tells whether the message is answered before any question of
// language.
func (t *Talk) cannotWait() bool {
	c := t.d.catalog
	return c.MoneyGone(t.text) || c.Urgent(t.text) != "" || onTheLine(t.text) || c.EnrolPhrase(t.text) || t.wantsOfficer()
}
