package inbox

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"mitan/bot"
)

// maxPasskeyName is how many bytes an officer's name for a passkey may have.
const maxPasskeyName = 40

// sessionCeremony holds what the library must remember between asking a browser
// for a passkey and hearing from it.
const sessionCeremony = "passkey"

// A keyholder is an officer as the library wants one.
type keyholder struct {
	bot.Officer
	keys []webauthn.Credential
}

// WebAuthnID is the officer's id, which says nothing of the person.
func (k keyholder) WebAuthnID() []byte { return binary.BigEndian.AppendUint64(nil, uint64(k.ID)) }

// WebAuthnName is the login.
func (k keyholder) WebAuthnName() string { return k.Login }

// WebAuthnDisplayName is the name that the phone shows.
func (k keyholder) WebAuthnDisplayName() string { return plain(k.Name) }

// WebAuthnCredentials are the officer's passkeys.
func (k keyholder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

// passkeyHost is the name under which the browser reaches the inbox; "" where it
// is a bare address, for which browsers know no passkeys.
func passkeyHost(r *http.Request) string {
	host := r.Host
	if name, _, err := net.SplitHostPort(r.Host); err == nil {
		host = name
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return ""
	}
	return host
}

// passkeys is the library, for the name under which the browser asks.
func (in *Inbox) passkeys(r *http.Request) (*webauthn.WebAuthn, error) {
	host := passkeyHost(r)
	if host == "" {
		return nil, bot.ErrNotFound
	}
	scheme := "http"
	if in.secure {
		scheme = "https"
	}
	lib, err := webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: in.unit.Unit.NameEn, RPOrigins: []string{scheme + "://" + r.Host}})
	if err != nil {
		return nil, fmt.Errorf("prepare passkeys: %w", err)
	}
	return lib, nil
}

func (in *Inbox) keyholder(r *http.Request, o bot.Officer) (keyholder, error) {
	kept, err := in.store.PasskeysOf(r.Context(), o.ID)
	if err != nil {
		return keyholder{}, fmt.Errorf("read the passkeys: %w", err)
	}
	holder := keyholder{Officer: o}
	for _, p := range kept {
		var c webauthn.Credential
		if err := json.Unmarshal(p.Data, &c); err != nil {
			return keyholder{}, fmt.Errorf("read a passkey: %w", err)
		}
		holder.keys = append(holder.keys, c)
	}
	return holder, nil
}

// keepCeremony remembers what was asked of the browser, and asks it.
func (in *Inbox) keepCeremony(w http.ResponseWriter, r *http.Request, session *webauthn.SessionData, options any) error {
	data, err := json.Marshal(session)
	if err != nil {
		return fmt.Errorf("keep what was asked: %w", err)
	}
	in.sessions.Put(r.Context(), sessionCeremony, string(data))
	return answerJSON(w, options)
}

// ceremony is what was asked of the browser; it serves once.
func (in *Inbox) ceremony(r *http.Request) (session webauthn.SessionData, err error) {
	data := in.sessions.PopString(r.Context(), sessionCeremony)
	if data == "" {
		return session, errBadRequest
	}
	if err := json.Unmarshal([]byte(data), &session); err != nil {
		return session, fmt.Errorf("read what was asked: %w", err)
	}
	return session, nil
}

func answerJSON(w http.ResponseWriter, answer any) error {
	data, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data) // a browser that has gone is nobody's error
	return nil
}

// askForPasskey begins to add a passkey, for an officer who gives the password.
func (in *Inbox) askForPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	fits, reason, err := in.ownPassword(r, v, r.PostFormValue("password"))
	if err != nil {
		return err
	}
	if !fits {
		http.Error(w, "refused", statusOf(reason))
		return nil
	}
	lib, err := in.passkeys(r)
	if err != nil {
		return err
	}
	holder, err := in.keyholder(r, v.officer)
	if err != nil {
		return err
	}
	options, session, err := lib.BeginRegistration(holder,
		webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return fmt.Errorf("ask for a passkey: %w", err)
	}
	return in.keepCeremony(w, r, session, options.Response)
}

// addPasskey keeps a passkey that the browser has made.
func (in *Inbox) addPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	session, err := in.ceremony(r)
	if err != nil {
		return err
	}
	lib, err := in.passkeys(r)
	if err != nil {
		return err
	}
	holder, err := in.keyholder(r, v.officer)
	if err != nil {
		return err
	}
	made, err := lib.FinishRegistration(holder, session, r)
	if err != nil {
		in.log.Warn("inbox: passkey refused", "officer", v.officer.ID)
		return errBadRequest
	}
	data, err := json.Marshal(made)
	if err != nil {
		return fmt.Errorf("keep the passkey: %w", err)
	}
	name := plain(r.URL.Query().Get("name"))
	err = in.store.AddPasskey(r.Context(), bot.Passkey{
		ID: made.ID, Officer: v.officer.ID, Name: strings.ToValidUTF8(name[:min(len(name), maxPasskeyName)], ""), Data: data, Since: in.clock.Now(),
	})
	if err != nil && !errors.Is(err, bot.ErrExists) {
		return fmt.Errorf("keep the passkey: %w", err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// removePasskey forgets a passkey of the officer's own.
func (in *Inbox) removePasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	if ok, err := in.asksPassword(w, r, v, "passkey"); !ok || err != nil {
		return err
	}
	id, err := base64.RawURLEncoding.DecodeString(r.PostFormValue("key"))
	if err != nil {
		return errBadRequest
	}
	if err := in.store.RemovePasskey(r.Context(), v.officer.ID, id, in.clock.Now()); err != nil {
		return fmt.Errorf("remove the passkey: %w", err)
	}
	return in.account(w, r, v, http.StatusOK, done("account.passkey_gone"))
}

// askToUsePasskey asks the browser of an officer whose password was right.
func (in *Inbox) askToUsePasskey(w http.ResponseWriter, r *http.Request, _ visit) error {
	holder, lib, err := in.halfHolder(r)
	if err != nil {
		return err
	}
	options, session, err := lib.BeginLogin(holder, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return fmt.Errorf("ask for the passkey: %w", err)
	}
	return in.keepCeremony(w, r, session, options.Response)
}

func (in *Inbox) halfHolder(r *http.Request) (keyholder, *webauthn.WebAuthn, error) {
	o, err := in.half(r)
	if err != nil {
		return keyholder{}, nil, err
	}
	if o.ID == 0 || !o.Passkey {
		return keyholder{}, nil, errBadRequest
	}
	lib, err := in.passkeys(r)
	if err != nil {
		return keyholder{}, nil, err
	}
	holder, err := in.keyholder(r, o)
	return holder, lib, err
}

// signInPasskey ends signing in with a passkey, and answers where to go.
func (in *Inbox) signInPasskey(w http.ResponseWriter, r *http.Request, _ visit) error {
	now := in.clock.Now()
	holder, lib, err := in.halfHolder(r)
	if err != nil {
		return err
	}
	if !in.door.byAddress.allow(in.address(r), now) || !in.door.byAccount.allow("code "+holder.Login, now) {
		http.Error(w, "too often", http.StatusTooManyRequests)
		return nil
	}
	session, err := in.ceremony(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	used, err := lib.FinishLogin(holder, session, r)
	if err != nil || used.Authenticator.CloneWarning {
		if err := in.store.Audit(ctx, bot.AuditEntry{At: now, Officer: holder.ID, Action: auditFactorFailed, Detail: "passkey"}); err != nil {
			return fmt.Errorf("write the audit: %w", err)
		}
		return errBadRequest
	}
	data, err := json.Marshal(used)
	if err != nil {
		return fmt.Errorf("keep the passkey: %w", err)
	}
	if err := in.store.UsedPasskey(ctx, bot.Passkey{ID: used.ID, Data: data, Used: now}); err != nil {
		return fmt.Errorf("keep the passkey: %w", err)
	}
	if err := in.finishSignIn(r, holder.Officer, "passkey"); err != nil {
		return err
	}
	return answerJSON(w, map[string]string{"next": localPath(r.URL.Query().Get("next"))})
}
