package inbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

type settingsPage struct {
	framed
	Groups []settingGroup
	File   string
}

// A settingGroup is a table of mitan.toml.
type settingGroup struct {
	Key  string // of mitan.toml, and of words: "settings.KEY"
	Rows []setting
}

// A setting is one line of it.
type setting struct{ Key, Value string }

// settingsPage shows what mitan.toml says; it is changed there.
func (in *Inbox) settingsPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "settings.title")
	if err != nil {
		return err
	}
	data := settingsPage{framed: around, Groups: settingsOf(in.unit), File: bot.UnitFile}
	return in.views.render(w, http.StatusOK, v.lang, "settings", data)
}

// settingsOf are a unit's settings under the names that they have in the file.
// The password of the mail server is not shown.
func settingsOf(u *bot.Unit) []settingGroup {
	password := ""
	if u.Alert.SMTPPassword != "" {
		password = "••••••"
	}
	number, truth := strconv.Itoa, strconv.FormatBool
	return []settingGroup{
		{"unit", []setting{
			{"name_hi", u.Unit.NameHi},
			{"name_en", u.Unit.NameEn},
			{"prefix", u.Unit.Prefix},
			{"whatsapp", u.Unit.WhatsApp},
			{"proof_hi", u.Unit.ProofHi},
			{"proof_en", u.Unit.ProofEn},
			{"efir", u.Unit.EFIR},
		}},
		{"numbers", []setting{
			{"cyber", u.Numbers.Cyber},
			{"emergency", u.Numbers.Emergency},
			{"women", u.Numbers.Women},
			{"child", u.Numbers.Child},
			{"mind", u.Numbers.Mind},
			{"portal", u.Numbers.Portal},
			{"chakshu", u.Numbers.Chakshu},
		}},
		{"hours", []setting{
			{"open", u.Hours.Open.String()}, {"close", u.Hours.Close.String()}, {"silence_minutes", number(u.Hours.SilenceMinutes)},
		}},
		{"tips", []setting{
			{"day", strings.ToLower(time.Weekday(u.Tips.Day).String())},
			{"at", u.Tips.At.String()},
			{"from", u.Tips.From.String()},
			{"until", u.Tips.Until.String()},
			{"per_minute", number(u.Tips.PerMinute)},
		}},
		{"retention", []setting{{"messages_days", number(u.Retention.MessagesDays)}}},
		{"whatsapp", []setting{
			{"typing", truth(u.WhatsApp.Typing)},
			{"polls", truth(u.WhatsApp.Polls)},
			{"reject_calls", truth(u.WhatsApp.RejectCalls)},
			{"officers_group", u.WhatsApp.OfficersGroup},
		}},
		{"alert", []setting{
			{"after_minutes", number(u.Alert.AfterMinutes)},
			{"command", strings.Join(u.Alert.Command, " ")},
			{"mail_to", strings.Join(u.Alert.MailTo, ", ")},
			{"mail_from", u.Alert.MailFrom},
			{"smtp", u.Alert.SMTP},
			{"smtp_user", u.Alert.SMTPUser},
			{"smtp_password", password},
		}},
	}
}
