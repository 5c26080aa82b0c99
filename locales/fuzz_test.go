package locales

import (
	"testing"
	"time"
)

// fuzzSeeds are short texts of each sort that the parsers meet.
var fuzzSeeds = []string{
	"", "25,000", "₹1,00,000.50", "साढ़े तीन लाख", "do lakh bees hazar", "kal shaam 5:30 baje", "21-11-2026", "otp 482913", "4111 1111 1111 1111",
	"9000000001@ybl", "+91 90000-00001", "https://x.example/1", "\xff\u200d1️⃣", "sadhe", "dedh", "*401*9#", "Notice.apk", "password: a1b2", "•••• 1234",
}

func seed(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
}

func FuzzFold(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("%q folds to %q, then to %q", s, once, Fold(once))
		}
	})
}

func FuzzAmounts(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, paise := range Amounts(s) {
			if paise <= 0 || paise > MaxAmount {
				t.Errorf("%q: %d", s, paise)
			}
		}
	})
}

func FuzzWhen(f *testing.F) {
	seed(f)
	now := time.Date(2026, 11, 23, 1, 30, 0, 0, IST)
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := When(s, now); ok && at.After(now) {
			t.Errorf("%q: %v", s, at)
		}
	})
}

func FuzzIdentifiers(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, id := range Identifiers(s) {
			if id.Value == "" || id.Type == "" {
				t.Errorf("%q: %v", s, id)
			}
		}
	})
}

func FuzzMask(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		masked, _ := Mask(s)
		if again, found := Mask(masked); again != masked || len(found) > 0 {
			t.Errorf("%q is masked as %q, then as %q", s, masked, again)
		}
	})
}

// FuzzKeywords: no text breaks the search for keywords.
func FuzzKeywords(f *testing.F) {
	seed(f)
	c := keywordCatalog(f)
	f.Fuzz(func(_ *testing.T, s string) {
		c.Command(s)
		c.MoneyGone(s)
		c.EnrolPhrase(s)
		c.Urgent(s)
		Number(s)
		Bank(s)
		BareCode(s)
	})
}

// FuzzStory: whatever is read has legs of money, whole identifiers, and times
// that have been.
func FuzzStory(f *testing.F) {
	seed(f)
	c := keywordCatalog(f)
	f.Fuzz(func(t *testing.T, s string) {
		told := c.Story(s, storyNow)
		if len(told.Legs) > MaxStoryLegs || len(told.Legs) > 0 && !told.MoneyGone {
			t.Errorf("%q: %v", s, told)
		}
		for _, leg := range told.Legs {
			if leg.Paise < 0 || leg.Paise > MaxAmount || leg.When.After(storyNow) || leg == (StoryLeg{}) {
				t.Errorf("%q: %v", s, leg)
			}
		}
	})
}

// FuzzRequests: whatever is heard in a text, its key settles and its answers are
// in their limits.
func FuzzRequests(f *testing.F) {
	seed(f)
	for _, s := range []string{"paisakatgaya", "tips mat bhejo", "english nahi hindi", "पीछेे", "nine double zero", "20-25 hazar", "रि कार्ड मिटा दो"} {
		f.Add(s)
	}
	c := keywordCatalog(f)
	now := time.Date(2026, 11, 23, 1, 30, 0, 0, IST)
	f.Fuzz(func(t *testing.T, s string) {
		heard := c.Hear(s)
		heard.Command()
		heard.Request()
		heard.MoneyGone()
		if answer := heard.YesNo(); answer != "" && answer != CmdYes && answer != CmdNo {
			t.Errorf("%q: %s", s, answer)
		}
		for _, word := range foldedWords(s) {
			if k := key(word); len(k) > 3*len(word) {
				t.Errorf("%q: the key %q is longer than its word", word, k)
			}
		}
		for _, told := range PhoneNumbers(s) {
			if ten, ok := phoneOf(told.Number); !ok || ten != told.Number {
				t.Errorf("%q: %v", s, told)
			}
		}
		if told, ok := ToldTime(s, now); ok && told.At.After(now) {
			t.Errorf("%q: %v", s, told)
		}
		if paise, ok := Amount(s); ok && (paise <= 0 || paise > MaxAmount+100_00) {
			t.Errorf("%q: %d", s, paise)
		}
	})
}
