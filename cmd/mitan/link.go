package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/mdp/qrterminal/v3"

	"mitan/bot"
	"mitan/bot/whatsapp"
)

// whatsAppFlags point WhatsApp at a server on this machine, for tests.
type whatsAppFlags struct {
	WaAddress string `name:"wa-address" hidden:"" help:"A loopback server that stands for the service."`
	WaRootKey string `name:"wa-root-key" hidden:"" help:"The root key of its certificates, in hex."`
}

func (f *whatsAppFlags) loopback() (*whatsapp.Loopback, error) {
	if f.WaAddress == "" && f.WaRootKey == "" {
		return nil, nil
	}
	return whatsapp.NewLoopback(f.WaAddress, f.WaRootKey)
}

// linkCmd is `mitan link`.
type linkCmd struct {
	Data  string `required:"" placeholder:"DIR" help:"Data folder; made if it is not there. Stop mitan serve first, or link on its page."`
	Phone string `placeholder:"NUMBER" help:"Ask for a code to type into the phone with this number, instead of a QR code."`

	WhatsApp whatsAppFlags `embed:""`
}

// How long linking looks at the link between two looks, and how long it must
// have been quiet before it is taken to be done: the phone then tells what was
// written while no device was linked.
const (
	linkLook  = 200 * time.Millisecond
	linkQuiet = 10 * time.Second
	linkMost  = 3 * time.Minute
)

// Run links a phone, or says which one is linked.
func (cmd *linkCmd) Run(ctx context.Context, c *cli) (err error) {
	number, err := cmd.number()
	if err != nil {
		return err
	}
	h, err := openOnWhatsApp(ctx, cmd.Data, c, &cmd.WhatsApp, newLog(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return runAll(ctx, h.run, func(ctx context.Context) error { return cmd.link(ctx, h, number) })
}

// link shows codes until a phone is linked.
func (cmd *linkCmd) link(ctx context.Context, h *helpline, number string) error {
	changes, stop := h.bot.Watch()
	defer stop()
	shown, asked := "", time.Time{}
	for {
		link := h.whatsapp.Link()
		switch {
		case link.State == bot.LinkOnline:
			return cmd.linked(ctx, h, changes)
		case link.State == bot.LinkConnecting || link.State == bot.LinkOffline: // the linked device is on its way
		case link.State == bot.LinkBanned || link.State == bot.LinkReplaced || link.State == bot.LinkOutdated:
			return fmt.Errorf("a phone is linked, but the service says: %s (%s); see the README's operations", link.State, link.Reason)
		case number != "" && asked.IsZero():
			asked = time.Now()
			if err := cmd.showPairingCode(ctx, h, number); err != nil {
				return err
			}
		case number == "" && link.Code != "" && link.Code != shown:
			showCode(link.Code, shown != "")
			shown = link.Code
		case link.Code == "":
			if err := h.whatsapp.StartLinking(ctx); err != nil {
				return err
			}
		}
		if err := sleep(ctx, linkLook); err != nil {
			return err
		}
	}
}

// showCode prints a QR code.
func showCode(code string, again bool) {
	if again {
		fmt.Println("That code has ended. This is the new one:")
	} else {
		fmt.Println("On the helpline's phone: WhatsApp, Linked devices, Link a device. Then scan:")
	}
	qrterminal.GenerateHalfBlock(code, qrterminal.L, os.Stdout)
}

func (cmd *linkCmd) showPairingCode(ctx context.Context, h *helpline, number string) error {
	code, err := h.whatsapp.PairingCode(ctx, number)
	if err != nil {
		return err
	}
	fmt.Println("On the helpline's phone: WhatsApp, Linked devices, Link a device, Link with phone number instead. Then type:")
	fmt.Println(code)
	return nil
}

// linked waits until the phone has told what it has to tell, and says what is
// linked.
func (cmd *linkCmd) linked(ctx context.Context, h *helpline, changes <-chan bot.Change) error {
	fmt.Println("linked:", spoken(h.whatsapp.Link().Number))
	fmt.Println("Taking over what was written meanwhile…")
	end := time.NewTimer(linkMost)
	defer end.Stop()
	for quiet := false; !quiet; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changes:
		case <-end.C:
			quiet = true
		case <-time.After(linkQuiet):
			quiet = true
		}
	}
	groups, err := h.whatsapp.Groups(ctx)
	if err == nil && len(groups) > 0 {
		fmt.Println("Groups of this number, one of which may be the officers' (mitan.toml, whatsapp.officers_group):")
		for _, g := range groups {
			fmt.Printf("  %s  %s\n", g.ID, g.Name)
		}
	}
	fmt.Println("Done. Start the helpline: mitan serve --data", cmd.Data)
	return nil
}

// spoken is a number as people say it.
func spoken(number string) string {
	if len(number) != 10 {
		return "a number outside India"
	}
	return "+91 " + number[:5] + " " + number[5:]
}

var linkNumber = regexp.MustCompile(`^(?:91)?([6-9][0-9]{9})$`)

// number is the number of --phone with the country's code, "" if there is none.
func (cmd *linkCmd) number() (string, error) {
	if cmd.Phone == "" {
		return "", nil
	}
	digits := strings.NewReplacer(" ", "", "-", "", "+", "").Replace(cmd.Phone)
	found := linkNumber.FindStringSubmatch(digits)
	if found == nil {
		return "", fmt.Errorf("--phone %q: write the helpline's number, ten digits such as 9000000001", cmd.Phone)
	}
	return "91" + found[1], nil
}

// sleep waits, or tells that ctx has ended.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
