// Package locales holds what the helpline says and how it understands what
// people type: the texts in Hindi and English, the keywords of both, and the
// parsers of amounts, times, phone numbers and the other answers.
//
// It imports nothing else of this module, does no I/O beyond its embedded files
// and the override directory that a caller hands to [Load], and never reads a
// clock: "now" is always an argument. Times for people are in [IST], money is
// in paise.
package locales

import "time"

// Lang is a language of the helpline, by its BCP 47 code; also the name of its
// folder.
type Lang string

// The languages.
const (
	Hindi   Lang = "hi"
	English Lang = "en"
)

// Langs are all languages, the one most residents speak first.
func Langs() []Lang { return []Lang{Hindi, English} }

// IST is Indian Standard Time, UTC+05:30 all year.
var IST = time.FixedZone("IST", 5*3600+1800)
