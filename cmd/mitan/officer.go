package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/store"
)

// maxOfficerName is how many letters an officer's rank and name have at most.
const maxOfficerName = 80

// officerCmd is `mitan officer`. It may be used while the helpline runs.
type officerCmd struct {
	Data  string          `required:"" placeholder:"DIR" help:"Data folder."`
	Add   officerAddCmd   `cmd:"" help:"Add an officer and print a first password."`
	Reset officerResetCmd `cmd:"" help:"Give an officer a new password."`
	Phone officerPhoneCmd `cmd:"" help:"Set or remove the phone by which the officers' group knows an officer."`
	List  officerListCmd  `cmd:"" help:"List the officers."`
}

type officerAddCmd struct {
	Login string `arg:"" help:"Name to sign in with: letters, digits, dot and dash."`
	Name  string `required:"" help:"Rank and name, as colleagues see it."`
	Role  string `default:"officer" enum:"viewer,officer,bank,charge,admin" help:"viewer, officer, bank (bank desk), charge (in charge) or admin."`
	Thana string `help:"Police station; without it the whole unit."`
	Phone string `placeholder:"NUMBER" help:"Own phone, ten digits, by which the officers' WhatsApp group knows the officer."`
}

// Run adds an officer.
func (cmd *officerAddCmd) Run(ctx context.Context, parent *officerCmd) error {
	return parent.with(ctx, func(s *store.Store) error {
		login, err := loginName(cmd.Login)
		if err != nil {
			return err
		}
		name := strings.TrimSpace(cmd.Name)
		if name == "" || utf8.RuneCountInString(name) > maxOfficerName || strings.ContainsFunc(name, unicode.IsControl) {
			return fmt.Errorf("--name: write rank and name in one line of at most %d letters", maxOfficerName)
		}
		phone, err := phoneNumber(cmd.Phone)
		if err != nil {
			return fmt.Errorf("--phone: %w", err)
		}
		password, hash, err := newPassword()
		if err != nil {
			return err
		}
		now := time.Now().UTC()
		_, err = s.AddOfficer(ctx, bot.Officer{
			Login: login, Name: name, Role: bot.Role(cmd.Role), Thana: cmd.Thana, Phone: phone, Password: hash, Since: now,
		})
		if errors.Is(err, bot.ErrExists) {
			if _, err := s.OfficerByLogin(ctx, login); errors.Is(err, bot.ErrNotFound) {
				return errPhoneTaken
			}
			return fmt.Errorf("there is an officer %q already: choose another login, or reset the password", login)
		}
		if err != nil {
			return err
		}
		fmt.Printf("added %s (%s)\npassword: %s\n", login, cmd.Role, password)
		return nil
	})
}

type officerResetCmd struct {
	Login string `arg:"" help:"The officer's login."`
}

// Run gives an officer a new password.
func (cmd *officerResetCmd) Run(ctx context.Context, parent *officerCmd) error {
	if err := dataFolder(parent.Data); err != nil {
		return err
	}
	return parent.with(ctx, func(s *store.Store) error {
		password, hash, err := newPassword()
		if err != nil {
			return err
		}
		login := strings.ToLower(cmd.Login)
		err = s.SetPassword(ctx, login, hash, time.Now().UTC())
		if errors.Is(err, bot.ErrNotFound) {
			return noOfficer(login, parent.Data)
		}
		if err != nil {
			return err
		}
		fmt.Printf("password of %s: %s\n", login, password)
		return nil
	})
}

type officerPhoneCmd struct {
	Login  string `arg:"" help:"The officer's login."`
	Number string `arg:"" help:"Ten digits, or - to remove it."`
}

// Run sets or removes an officer's phone.
func (cmd *officerPhoneCmd) Run(ctx context.Context, parent *officerCmd) error {
	if err := dataFolder(parent.Data); err != nil {
		return err
	}
	return parent.with(ctx, func(s *store.Store) error {
		phone, err := "", error(nil)
		if cmd.Number != "-" {
			if phone, err = phoneNumber(cmd.Number); err != nil {
				return err
			}
		}
		login := strings.ToLower(cmd.Login)
		err = s.SetOfficerPhone(ctx, login, phone, time.Now().UTC())
		switch {
		case errors.Is(err, bot.ErrNotFound):
			return noOfficer(login, parent.Data)
		case errors.Is(err, bot.ErrExists):
			return errPhoneTaken
		case err != nil:
			return err
		case phone == "":
			fmt.Printf("%s has no phone now\n", login)
		default:
			fmt.Printf("phone of %s: %s\n", login, phone)
		}
		return nil
	})
}

type officerListCmd struct{}

// Run lists the officers.
func (officerListCmd) Run(ctx context.Context, parent *officerCmd) error {
	if err := dataFolder(parent.Data); err != nil {
		return err
	}
	return parent.with(ctx, func(s *store.Store) error {
		officers, err := s.Officers(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "LOGIN\tROLE\tTHANA\tPHONE\tNAME")
		for _, o := range officers {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", o.Login, o.Role, o.Thana, o.Phone, o.Name)
		}
		return w.Flush()
	})
}

func noOfficer(login, dir string) error {
	return fmt.Errorf("there is no officer %q: see `mitan officer --data %s list`", login, dir)
}

var errPhoneTaken = errors.New("another officer has this phone: remove it there first, with `mitan officer phone LOGIN -`")

// tenDigits is an Indian mobile number.
var tenDigits = regexp.MustCompile(`^[6-9][0-9]{9}$`)

// phoneNumber is a phone as ten digits, however it is written; "" stays so.
func phoneNumber(written string) (string, error) {
	number := strings.NewReplacer(" ", "", "-", "").Replace(written)
	number = strings.TrimPrefix(number, "+91")
	if number != "" && !tenDigits.MatchString(number) {
		return "", fmt.Errorf("%q is no mobile number: write ten digits, such as 9000000012, or with +91 before them", written)
	}
	return number, nil
}

// with opens the store of a data folder for a moment, making it where there is
// none: the first officer may be added before the first start.
func (cmd *officerCmd) with(ctx context.Context, do func(*store.Store) error) (err error) {
	if err := os.MkdirAll(cmd.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	s, err := store.Open(ctx, cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(s)
}

// loginName is a login in lower case, if it can be one.
func loginName(login string) (string, error) {
	login = strings.ToLower(login)
	if len(login) < 2 || len(login) > 40 || strings.Trim(login, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" || strings.Trim(login, ".-") == "" {
		return "", fmt.Errorf("login %q: write 2 to 40 letters, digits, dots and dashes", login)
	}
	return login, nil
}

func newPassword() (password, hash string, err error) {
	password = inbox.NewPassword()
	hash, err = inbox.HashPassword(password)
	return password, hash, err
}
