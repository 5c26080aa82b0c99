package bot

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"mitan/locales"
)

// UnitFile is the name of the settings file in the data folder.
const UnitFile = "mitan.toml"

//go:embed mitan.toml
var defaultUnit []byte

// Unit is the police unit that runs the helpline, as mitan.toml describes it.
// Each setting is explained there.
type Unit struct {
	Unit struct {
		NameHi   string `toml:"name_hi"`
		NameEn   string `toml:"name_en"`
		Prefix   string `toml:"prefix"`
		WhatsApp string `toml:"whatsapp"`
		ProofHi  string `toml:"proof_hi"`
		ProofEn  string `toml:"proof_en"`
		EFIR     string `toml:"efir"`
		Region   string `toml:"region"`
	} `toml:"unit"`
	Numbers struct {
		Cyber     string `toml:"cyber"`
		Emergency string `toml:"emergency"`
		Women     string `toml:"women"`
		Child     string `toml:"child"`
		Mind      string `toml:"mind"`
		Portal    string `toml:"portal"`
		Chakshu   string `toml:"chakshu"`
	} `toml:"numbers"`
	Hours struct {
		Open           DayTime `toml:"open"`
		Close          DayTime `toml:"close"`
		SilenceMinutes int     `toml:"silence_minutes"`
	} `toml:"hours"`
	Tips struct {
		Day       Weekday `toml:"day"`
		At        DayTime `toml:"at"`
		From      DayTime `toml:"from"`
		Until     DayTime `toml:"until"`
		PerMinute int     `toml:"per_minute"`
	} `toml:"tips"`
	Retention struct {
		MessagesDays int `toml:"messages_days"`
	} `toml:"retention"`
	WhatsApp struct {
		Typing        bool   `toml:"typing"`
		Polls         bool   `toml:"polls"`
		RejectCalls   bool   `toml:"reject_calls"`
		OfficersGroup string `toml:"officers_group"`
	} `toml:"whatsapp"`
	Alert struct {
		AfterMinutes int      `toml:"after_minutes"`
		Command      []string `toml:"command"`
		MailTo       []string `toml:"mail_to"`
		MailFrom     string   `toml:"mail_from"`
		SMTP         string   `toml:"smtp"`
		SMTPUser     string   `toml:"smtp_user"`
		SMTPPassword string   `toml:"smtp_password"`
	} `toml:"alert"`
	Thanas []Thana `toml:"thana"`
}

// Regions are where a unit may be, for facts about frauds that hold only there; ""
// is anywhere else.
func Regions() []string { return []string{"", "bihar", "kanpur"} }

// Thana is a police station. Its English name is the one that is stored.
type Thana struct {
	Hi string `toml:"hi"`
	En string `toml:"en"`
}

// Name is the thana's name in a language.
func (t Thana) Name(lang locales.Lang) string {
	if lang == locales.Hindi {
		return t.Hi
	}
	return t.En
}

// Name is the unit's name in a language.
func (u *Unit) Name(lang locales.Lang) string {
	if lang == locales.Hindi {
		return u.Unit.NameHi
	}
	return u.Unit.NameEn
}

// Proof is where a resident can see that the number is ours; "" if unset.
func (u *Unit) Proof(lang locales.Lang) string {
	if lang == locales.Hindi {
		return u.Unit.ProofHi
	}
	return u.Unit.ProofEn
}

// DayTime is a time of day in IST, as minutes since midnight.
type DayTime int

// UnmarshalText reads "HH:MM".
func (d *DayTime) UnmarshalText(text []byte) error {
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf("%q is not a time of day: write it as \"09:30\"", text)
	}
	*d = DayTime(t.Hour()*60 + t.Minute())
	return nil
}

// On is the time of day on the IST day of t.
func (d DayTime) On(t time.Time) time.Time {
	y, m, day := t.In(locales.IST).Date()
	return time.Date(y, m, day, int(d)/60, int(d)%60, 0, 0, locales.IST)
}

// String is "HH:MM".
func (d DayTime) String() string { return fmt.Sprintf("%02d:%02d", int(d)/60, int(d)%60) }

// Weekday is a day of the week that reads its English name.
type Weekday time.Weekday

// UnmarshalText reads "monday" to "sunday".
func (w *Weekday) UnmarshalText(text []byte) error {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(day.String(), string(text)) {
			*w = Weekday(day)
			return nil
		}
	}
	return fmt.Errorf("%q is not a day: write monday to sunday", text)
}

// LoadUnit reads mitan.toml from the data folder, and writes it with its
// defaults first where there is none. The error names the line or the setting
// and what to change.
func LoadUnit(dir string) (*Unit, error) {
	path := filepath.Join(dir, UnitFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		data = defaultUnit
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("load settings: %w", err)
	}
	unit, err := ParseUnit(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return unit, nil
}

// DefaultUnit is the unit of the embedded mitan.toml.
func DefaultUnit() *Unit {
	unit, err := ParseUnit(defaultUnit)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return unit
}

// ParseUnit reads settings. What the text leaves out keeps its default, but
// for the list of thanas, which is replaced as a whole.
func ParseUnit(data []byte) (*Unit, error) {
	var unit Unit
	if _, err := toml.Decode(string(defaultUnit), &unit); err != nil {
		return nil, fmt.Errorf("built-in settings: %w", err)
	}
	defaults := unit.Thanas
	unit.Thanas = nil
	meta, err := toml.Decode(string(data), &unit)
	if err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("line %d: %s", syntax.Position.Line, syntax.Message)
		}
		if wrong := typeRule.FindStringSubmatch(err.Error()); wrong != nil {
			return nil, fmt.Errorf("line %s: %s: the value is of another kind: write texts in quotes, numbers without, groups as in the default file", wrong[1], wrong[2])
		}
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("line %d: there is no setting %q: correct its name or remove it",
			lineOf(data, unknown[0]), unknown[0].String())
	}
	if !meta.IsDefined("thana") {
		unit.Thanas = defaults
	}
	return &unit, unit.check(data)
}

// lineOf finds the line of a key, counting from 1; 0 if it is not found.
func lineOf(data []byte, key toml.Key) int {
	table := ""
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			table = strings.Trim(line, "[] ")
			if table == key.String() {
				return i + 1
			}
			continue
		}
		name, _, found := strings.Cut(line, "=")
		if found && strings.TrimPrefix(table+"."+strings.TrimSpace(name), ".") == key.String() {
			return i + 1
		}
	}
	return 0
}

var (
	prefixRule = regexp.MustCompile(`^[A-Z]{2,5}$`)
	phoneRule  = regexp.MustCompile(`^[6-9][0-9]{9}$`)
	groupRule  = regexp.MustCompile(`^[0-9]+(-[0-9]+)?@g\.us$`)
	numberRule = regexp.MustCompile(`^[0-9]{3,12}$`)
	typeRule   = regexp.MustCompile(`^toml: line (\d+) \(last key "([^"]+)"\): (.*)$`) // as toml says it
)

// check finds what is wrong with the settings, as data has them. What it says
// of a setting begins with its name, so that its line can be found.
func (u *Unit) check(data []byte) error {
	var problems []error
	wrong := func(ok bool, format string, args ...any) {
		if ok {
			return
		}
		problem := fmt.Errorf(format, args...)
		key, _, _ := strings.Cut(problem.Error(), " ")
		if line := lineOf(data, strings.Split(strings.TrimSuffix(key, ":"), ".")); line > 0 {
			problem = fmt.Errorf("line %d: %w", line, problem)
		}
		problems = append(problems, problem)
	}
	wrong(u.Unit.NameHi != "" && u.Unit.NameEn != "", "unit.name_hi and unit.name_en: write the unit's name in both languages")
	wrong(prefixRule.MatchString(u.Unit.Prefix), "unit.prefix = %q: write 2 to 5 capital letters, such as \"BSP\"", u.Unit.Prefix)
	wrong(slices.Contains(Regions(), u.Unit.Region), "unit.region = %q: write one of %q", u.Unit.Region, Regions())
	wrong(u.Unit.WhatsApp == "" || phoneRule.MatchString(u.Unit.WhatsApp), "unit.whatsapp = %q: write ten digits without +91, or \"\"", u.Unit.WhatsApp)
	n := u.Numbers
	for name, number := range map[string]string{"cyber": n.Cyber, "emergency": n.Emergency, "women": n.Women, "child": n.Child, "mind": n.Mind} {
		wrong(numberRule.MatchString(number), "numbers.%s = %q: write a telephone number in digits", name, number)
	}
	wrong(n.Portal != "" && n.Chakshu != "", "numbers.portal and numbers.chakshu: write the addresses that residents should open")
	wrong(u.Hours.SilenceMinutes >= 1 && u.Hours.SilenceMinutes <= 24*60, "hours.silence_minutes = %d: write 1 to 1440", u.Hours.SilenceMinutes)
	wrong(u.Tips.From < u.Tips.Until, "tips.from must be before tips.until")
	wrong(u.Tips.At >= u.Tips.From && u.Tips.At < u.Tips.Until, "tips.at = %q: write a time between tips.from and tips.until", u.Tips.At)
	wrong(u.Tips.PerMinute >= 1 && u.Tips.PerMinute <= 60, "tips.per_minute = %d: write 1 to 60", u.Tips.PerMinute)
	wrong(u.Retention.MessagesDays >= 0, "retention.messages_days = %d: write 0 or more", u.Retention.MessagesDays)
	wrong(u.WhatsApp.OfficersGroup == "" || groupRule.MatchString(u.WhatsApp.OfficersGroup),
		"whatsapp.officers_group = %q: write the group's id as the inbox shows it, such as \"120363000000000000@g.us\", or \"\"", u.WhatsApp.OfficersGroup)
	u.checkAlert(wrong)
	wrong(len(u.Thanas) > 0, "[[thana]]: name at least one police station")
	seen := map[string]bool{}
	for i, t := range u.Thanas {
		wrong(t.Hi != "" && t.En != "", "thana %d: write its name in both languages", i+1)
		wrong(!seen[t.En], "thana %q stands twice", t.En)
		seen[t.En] = true
	}
	return errors.Join(problems...)
}

// checkAlert checks the settings of an alert, as check does.
func (u *Unit) checkAlert(wrong func(ok bool, format string, args ...any)) {
	a := u.Alert
	wrong(a.AfterMinutes >= 1 && a.AfterMinutes <= 24*60, "alert.after_minutes = %d: write 1 to 1440", a.AfterMinutes)
	wrong(len(a.Command) == 0 || a.Command[0] != "", "alert.command: write the program first, then its arguments, or []")
	if len(a.MailTo) > 0 || a.MailFrom != "" || a.SMTP != "" {
		wrong(len(a.MailTo) > 0, "alert.mail_to: write who gets the mail, such as [\"duty@police.example\"], or leave out alert.mail_from and alert.smtp")
		wrong(a.MailFrom != "", "alert.mail_from: write whom the mail is from, such as \"mitan@police.example\"")
		wrong(a.SMTP != "", "alert.smtp: write the mail server, such as \"mail.police.example:587\"")
	}
	for _, to := range a.MailTo {
		wrong(isAddress(to), "alert.mail_to has %q: write an address such as \"duty@police.example\"", to)
	}
	wrong(a.MailFrom == "" || isAddress(a.MailFrom), "alert.mail_from = %q: write an address such as \"mitan@police.example\"", a.MailFrom)
	wrong(a.SMTP == "" || isHostPort(a.SMTP), "alert.smtp = %q: write the mail server and its port, such as \"mail.police.example:587\"", a.SMTP)
	wrong(a.SMTPPassword == "" || a.SMTPUser != "", "alert.smtp_password needs alert.smtp_user: write both, or neither")
	wrong(a.SMTPUser == "" || a.SMTPPassword != "", "alert.smtp_user needs alert.smtp_password: write both, or neither")
}

// isAddress tells whether s is a mail address and nothing else: no name, no <>.
func isAddress(s string) bool {
	address, err := mail.ParseAddress(s)
	return err == nil && address.Address == s
}

func isHostPort(s string) bool {
	host, port, err := net.SplitHostPort(s)
	if err != nil || host == "" {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// Open tells whether officers answer at t.
func (u *Unit) Open(t time.Time) bool {
	open, closed := u.Hours.Open, u.Hours.Close
	if open == closed {
		return true
	}
	local := t.In(locales.IST)
	now := DayTime(local.Hour()*60 + local.Minute())
	if open < closed {
		return now >= open && now < closed
	}
	return now >= open || now < closed
}
