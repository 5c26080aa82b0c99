package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The rules of the house: which of our packages a package may import, beside
// locales. What is not named here is not a room of the house.
var mayImport = map[string][]string{
	"locales":         {},
	"bot":             {},
	"bot/talk":        {"bot"},
	"flows":           {"bot", "bot/talk", "flows/fraud"},
	"flows/fraud":     {"bot"},
	"store":           {"bot"},
	"store/storetest": {"bot"},
	"bot/handset":     {"bot", "bot/markup", "bot/voice"},
	"bot/inbox":       {"bot", "bot/voice", "bot/evidence", "bot/markup"},
	"bot/voice":       {},
	"bot/markup":      {},
	"bot/evidence":    {"bot"},
	"bot/whatsapp":    {"bot", "bot/whatsapp/ratchet"},
	"bot/alert":       {"bot"},
	"bot/picture":     {"bot"},
	"cmd/mitan":       nil, // everything

	"bot/whatsapp/ratchet": {},
	"bot/whatsapp/fakewa":  {"bot/whatsapp/ratchet"}, // a server for tests
	"cmd/mitan/bench":      nil,
}

// Only these packages may import these libraries.
var onlyIn = map[string][]string{
	"go.mau.fi/whatsmeow":         {"bot/whatsapp", "bot/whatsapp/ratchet", "bot/whatsapp/fakewa"},
	"github.com/mattn/go-sqlite3": {"store"},
	"database/sql":                {"store", "bot/whatsapp", "bot/whatsapp/fakewa"}, // whatsmeow asks for an open database
}

// What a flow may not touch: it is run again and again, and must come to the
// same words each time.
var notInFlows = []string{"net", "net/http", "os", "io/ioutil", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "sync", "log", "log/slog", "context"}

func TestImportsKeepTheHouse(t *testing.T) {
	for dir, imports := range importsOf(t) {
		allowed, known := mayImport[dir]
		require.True(t, known, "%s is no room of the house: see the README's architecture", dir)
		for _, path := range imports {
			if ours, ok := strings.CutPrefix(path, "mitan/"); ok && allowed != nil && ours != "locales" {
				require.Contains(t, allowed, ours, "%s may not import %s", dir, ours)
			}
			if dir == "locales" {
				require.False(t, strings.HasPrefix(path, "mitan/"), "locales imports nothing of ours")
			}
			for library, rooms := range onlyIn {
				if path == library || strings.HasPrefix(path, library+"/") {
					require.Contains(t, rooms, dir, "%s imports %s", dir, path)
				}
			}
			if dir == "flows" || dir == "flows/fraud" {
				require.NotContains(t, notInFlows, path, "%s: a flow touches nothing but its Talk", dir)
			}
		}
	}
}

// A flow asks its Talk for the time, never the machine.
func TestFlowsHaveNoClock(t *testing.T) {
	for _, file := range sources(t, "../../flows") {
		require.NotContains(t, read(t, file), "time.Now", file)
	}
}

// importsOf are the imports of each package's files that are no tests.
func importsOf(t *testing.T) map[string][]string {
	root := "../.."
	found := map[string][]string{}
	for _, file := range sources(t, root) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		require.NoError(t, err)
		dir, err := filepath.Rel(root, filepath.Dir(file))
		require.NoError(t, err)
		if _, ok := found[dir]; !ok {
			found[dir] = []string{}
		}
		for _, i := range parsed.Imports {
			if path := strings.Trim(i.Path.Value, `"`); !slices.Contains(found[dir], path) {
				found[dir] = append(found[dir], path)
			}
		}
	}
	require.GreaterOrEqual(t, len(found), 8, "the walk must find the house")
	return found
}

// sources are the Go files under a folder that are no tests.
func sources(t *testing.T, root string) []string {
	var files []string
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return err
	}))
	return files
}

func read(t *testing.T, file string) string {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(data)
}
