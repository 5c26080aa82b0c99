package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/evidence"
	"mitan/store"
)

// A case is taken out of a real store, and checked by the command.
func TestVerifyAFileOfEvidence(t *testing.T) {
	ctx, now := t.Context(), time.Date(2026, 3, 14, 6, 30, 0, 0, time.UTC)
	s, err := store.Open(ctx, t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	asha, err := s.EnsureResident(ctx, "handset", "9000000001", "9000000001", now)
	require.NoError(t, err)
	c, err := s.Conversation(ctx, asha)
	require.NoError(t, err)
	_, err = s.CommitTurn(ctx, &bot.Turn{
		Resident: asha, Version: c.Version, At: now, Session: []byte("s"),
		In:      &bot.Message{Resident: asha, By: bot.ByResident, Channel: "handset", Address: "9000000001", ExternalID: "a", Kind: bot.Text, Text: "पैसा कट गया", At: now},
		Effects: []bot.Effect{bot.SaveCase{Case: bot.Case{ID: 1, Number: "BSP-26-000001", State: bot.Filed, MoneyGone: true, Opened: now}}, bot.KeepEvidence{Case: 1}},
	})
	require.NoError(t, err)

	var file bytes.Buffer
	manifest, err := evidence.Write(ctx, &file, s, 1)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "evidence.zip")
	require.NoError(t, os.WriteFile(path, file.Bytes(), 0o600))
	var out bytes.Buffer
	require.NoError(t, verifyFile(&out, path))
	assert.Contains(t, out.String(), "case BSP-26-000001: 4 files")
	assert.Contains(t, out.String(), "SHA-256 of the manifest: "+manifest)

	broken := bytes.Replace(file.Bytes(), []byte("README.txt"), []byte("README.txT"), 2)
	require.NoError(t, os.WriteFile(path, broken, 0o600))
	out.Reset()
	require.Error(t, verifyFile(&out, path))
	assert.Error(t, verifyFile(&out, filepath.Join(t.TempDir(), "nothing.zip")))
}
