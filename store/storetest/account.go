package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

func (h *house) officerOf(id int64) bot.Officer {
	h.Helper()
	o, err := h.OfficerByID(h.ctx, id)
	h.ok(err)
	return o
}

// lastAudit is the newest entry, without its id.
func (h *house) lastAudit() bot.AuditEntry {
	h.Helper()
	log, err := h.AuditLog(h.ctx, 0, 1)
	h.ok(err)
	require.Len(h, log, 1)
	log[0].ID = 0
	return log[0]
}

var accountTests = map[string]func(*house){
	"what an administrator changes of an officer is written down, and ends sessions where it must": func(h *house) {
		ravi, boss := h.officer("ravi"), h.officer("boss")
		ctx := bot.WithSight(h.ctx, bot.Sight{Officer: boss})
		for _, test := range []struct {
			change func(*bot.Officer)
			detail string
			ends   bool
		}{
			{func(o *bot.Officer) { o.Name = "ASI Ravi" }, "name", false},
			{func(o *bot.Officer) { o.Phone = "9000000012" }, "phone", false},
			{func(o *bot.Officer) { o.Role = bot.RoleBank }, "role officer to bank", true},
			{func(o *bot.Officer) { o.Thana = "Kotwali" }, `thana "" to "Kotwali"`, true},
			{func(o *bot.Officer) { o.Disabled = true }, "disabled", true},
			{func(o *bot.Officer) { o.Disabled, o.Name = false, "SI Ravi" }, "name, enabled", true},
		} {
			o := h.officerOf(ravi)
			epoch := o.Epoch
			test.change(&o)
			h.ok(h.ChangeOfficer(ctx, o, noon))
			if test.ends {
				o.Epoch++
			}
			assert.Equal(h, o, h.officerOf(ravi))
			assert.Equal(h, test.ends, h.officerOf(ravi).Epoch > epoch, test.detail)
			assert.Equal(h, bot.AuditEntry{At: noon, Officer: boss, Action: "officer_change", Detail: "officer 1, " + test.detail}, h.lastAudit())
		}
		h.ok(h.Audit(h.ctx, bot.AuditEntry{At: noon, Action: "last"}))
		h.ok(h.ChangeOfficer(ctx, h.officerOf(ravi), noon))
		assert.Equal(h, "last", h.lastAudit().Action, "nothing has changed")
		require.ErrorIs(h, h.ChangeOfficer(ctx, bot.Officer{ID: 99}, noon), bot.ErrNotFound)
		other := h.officerOf(boss)
		other.Phone = "9000000012"
		require.ErrorIs(h, h.ChangeOfficer(ctx, other, noon), bot.ErrExists)
	},
	"a password that was given must be changed": func(h *house) {
		ravi := h.officer("ravi")
		h.ok(h.GivePassword(h.ctx, ravi, "given", noon))
		o := h.officerOf(ravi)
		assert.Equal(h, []any{"given", true, int64(1)}, []any{o.Password, o.Temporary, o.Epoch})
		h.ok(h.SetPassword(h.ctx, "ravi", "own", noon))
		assert.False(h, h.officerOf(ravi).Temporary)
		require.ErrorIs(h, h.GivePassword(h.ctx, 99, "x", noon), bot.ErrNotFound)
	},
	"a code serves once, and none before it": func(h *house) {
		ravi := h.officer("ravi")
		use := func(step int64) bool {
			ok, err := h.UseTOTP(h.ctx, ravi, step)
			h.ok(err)
			return ok
		}
		assert.False(h, use(1), "there is no secret")
		h.ok(h.SetTOTP(h.ctx, ravi, "SECRET", nil, noon))
		assert.Equal(h, "SECRET", h.officerOf(ravi).TOTP)
		assert.True(h, use(5))
		assert.False(h, use(5))
		assert.False(h, use(4))
		assert.True(h, use(6))
		assert.Equal(h, "totp", h.lastAudit().Action)
		h.ok(h.SetTOTP(h.ctx, ravi, "", nil, noon))
		assert.Equal(h, "totp_remove", h.lastAudit().Action)
	},
	"a recovery code serves once, until there are new ones": func(h *house) {
		ravi, amar := h.officer("ravi"), h.officer("amar")
		h.ok(h.SetTOTP(h.ctx, ravi, "SECRET", [][]byte{{1}, {2}}, noon))
		use := func(officer int64, code byte) bool {
			ok, err := h.UseRecoveryCode(h.ctx, officer, []byte{code}, noon)
			h.ok(err)
			return ok
		}
		left := func() int {
			n, err := h.RecoveryCodes(h.ctx, ravi)
			h.ok(err)
			return n
		}
		assert.Equal(h, 2, left())
		assert.False(h, use(amar, 1), "another's")
		assert.True(h, use(ravi, 1))
		assert.False(h, use(ravi, 1))
		assert.False(h, use(ravi, 3))
		assert.Equal(h, 1, left())
		h.ok(h.SetTOTP(h.ctx, ravi, "SECRET", [][]byte{{4}}, noon))
		assert.False(h, use(ravi, 2))
		assert.Equal(h, 1, left())
	},
	"signing out everywhere": func(h *house) {
		ravi := h.officer("ravi")
		h.ok(h.EndSessions(h.ctx, ravi, noon))
		assert.EqualValues(h, 1, h.officerOf(ravi).Epoch)
		assert.Equal(h, bot.AuditEntry{At: noon, Action: "sign_out_all", Detail: "officer 1"}, h.lastAudit())
	},
	"passkeys": func(h *house) {
		ravi, amar := h.officer("ravi"), h.officer("amar")
		key := bot.Passkey{ID: []byte("id"), Officer: ravi, Name: "phone", Data: []byte("data"), Since: noon}
		h.ok(h.AddPasskey(h.ctx, key))
		require.ErrorIs(h, h.AddPasskey(h.ctx, key), bot.ErrExists)
		assert.True(h, h.officerOf(ravi).Passkey)
		assert.False(h, h.officerOf(amar).Passkey)
		key.Data, key.Used = []byte("newer"), noon.Add(time.Hour)
		h.ok(h.UsedPasskey(h.ctx, key))
		keys, err := h.PasskeysOf(h.ctx, ravi)
		h.ok(err)
		assert.Equal(h, []bot.Passkey{key}, keys)
		require.ErrorIs(h, h.RemovePasskey(h.ctx, amar, key.ID, noon), bot.ErrNotFound, "another's")
		h.ok(h.RemovePasskey(h.ctx, ravi, key.ID, noon))
		assert.False(h, h.officerOf(ravi).Passkey)
	},
}
