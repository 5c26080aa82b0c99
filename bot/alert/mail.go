package alert

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"mitan/bot"
	"mitan/locales"
)

// mailDeadline is how long the mail server may take for all mails together.
const mailDeadline = 60 * time.Second

// mailsPort is the port on which a mail server speaks TLS from the first byte.
const mailsPort = 465

// mail writes to each who has not got the mail yet, one by one, so that a wrong
// address costs the others nothing. The connection is encrypted where the server
// can do that; a password is sent only then.
func (a *Alarm) mail(ctx context.Context, l bot.Link) error {
	ctx, cancel := context.WithTimeout(ctx, mailDeadline)
	defer cancel()
	client, err := a.client(ctx)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	messages := make([]*mail.Msg, 0, len(a.left))
	for _, to := range a.left {
		m, err := a.message(to, l)
		if err != nil {
			return fmt.Errorf("mail: %w", err)
		}
		messages = append(messages, m)
	}
	err = client.DialAndSendWithContext(ctx, messages...)
	var left []string
	for i, m := range messages {
		if !m.IsDelivered() {
			left = append(left, a.left[i])
		}
	}
	a.left = left
	if len(left) == 0 {
		return nil // an error after the last mail was taken is of no weight
	}
	return fmt.Errorf("mail: %s", a.withoutAddresses(err))
}

// withoutAddresses is what went wrong, for the log: mail servers like to repeat
// to whom and from whom it was.
func (a *Alarm) withoutAddresses(err error) string {
	said := err.Error()
	for _, address := range append([]string{a.unit.Alert.MailFrom, a.unit.Alert.SMTPUser}, a.unit.Alert.MailTo...) {
		if address != "" {
			said = strings.ReplaceAll(said, address, "(address)")
		}
	}
	return said
}

// client is a client whose connection ends with ctx: the library itself looks
// at its context only while it dials.
func (a *Alarm) client(ctx context.Context) (*mail.Client, error) {
	settings := a.unit.Alert
	host, service, err := net.SplitHostPort(settings.SMTP)
	if err != nil {
		return nil, err
	}
	port, err := strconv.Atoi(service)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: a.trusted}
	var dialer interface {
		DialContext(ctx context.Context, network, address string) (net.Conn, error)
	} = &net.Dialer{}
	auth := mail.SMTPAuthAutoDiscover
	options := []mail.Option{
		mail.WithPort(port), mail.WithTLSPolicy(mail.TLSOpportunistic), mail.WithTLSConfig(config), mail.WithTimeout(mailDeadline),
	}
	if port == mailsPort {
		dialer, auth = &tls.Dialer{Config: config}, mail.SMTPAuthPlain
		options = append(options, mail.WithSSL())
	}
	if settings.SMTPUser != "" {
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(settings.SMTPUser), mail.WithPassword(settings.SMTPPassword))
	}
	options = append(options, mail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(dialing, network, address)
		if err == nil {
			context.AfterFunc(ctx, func() { _ = conn.Close() })
		}
		return conn, err
	}))
	return mail.NewClient(host, options...)
}

func (a *Alarm) message(to string, l bot.Link) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.From(a.unit.Alert.MailFrom); err != nil {
		return nil, err
	}
	if err := m.To(to); err != nil {
		return nil, err
	}
	m.SetDate()
	m.SetMessageID()
	hi, en := a.unit.Name(locales.Hindi), a.unit.Name(locales.English)
	m.Subject("WhatsApp बंद है: " + hi + " / WhatsApp is down: " + en)
	m.SetBodyString(mail.TypeTextPlain, strings.NewReplacer(
		"{hi}", hi, "{en}", en, "{state.hi}", states[l.State].hi, "{state.en}", states[l.State].en,
		"{since}", l.Since.In(locales.IST).Format("02-01-2006 15:04"),
	).Replace(body))
	return m, nil
}

const body = `{hi} की हेल्पलाइन का WhatsApp बंद है।
हाल: {state.hi}। कब से: {since}
अभी न लोगों के मैसेज आ रहे हैं, न जवाब जा रहे हैं। जो जवाब लिखे हैं, वे जुड़ते ही अपने आप चले जाएँगे।
क्या करना है, यह इनबॉक्स में WhatsApp के पेज पर लिखा है।

The helpline of {en} is cut off from WhatsApp.
State: {state.en}. Since: {since} IST
Residents' messages do not come in, and replies do not go out. What is written waits, and goes by itself once the link is back.
What to do is written on the inbox's page about WhatsApp.
`

// states are the words for each state that an alert can be about.
var states = map[bot.LinkState]struct{ hi, en string }{
	bot.LinkNone:       {"अभी कोई फ़ोन जुड़ा नहीं है", "no phone is linked yet"},
	bot.LinkConnecting: {"जुड़ नहीं पा रहा", "it does not get through"},
	bot.LinkOffline:    {"जुड़ाव कट गया है, अपने आप फिर कोशिश हो रही है", "cut off; it tries again by itself"},
	bot.LinkLoggedOut:  {"फ़ोन से हट गया है, फ़ोन फिर से जोड़ना होगा", "logged out; the phone must be linked anew"},
	bot.LinkBanned:     {"WhatsApp ने नंबर रोक दिया है", "WhatsApp has barred the number"},
	bot.LinkReplaced:   {"यही जुड़ाव कहीं और चल रहा है", "another program uses the same link"},
	bot.LinkOutdated:   {"यह प्रोग्राम पुराना हो गया है", "this version of the program is too old for WhatsApp"},
}
