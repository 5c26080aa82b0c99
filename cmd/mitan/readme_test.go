package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
)

var update = flag.Bool("update", false, "rewrite the map in the README")

const readme = "../../README.md"

// The README shows the map that `mitan map` draws.
func TestReadmeShowsTheMap(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	drawn := "<!-- map -->\n```mermaid\n" + flows.Dialogue(catalog, bot.DefaultUnit()).Explore().Mermaid() + "```\n<!-- /map -->"
	text := read(t, readme)
	start, end := strings.Index(text, "<!-- map -->"), strings.Index(text, "<!-- /map -->")
	require.Positive(t, start)
	require.Greater(t, end, start)
	end += len("<!-- /map -->")
	if *update {
		require.NoError(t, os.WriteFile(readme, []byte(text[:start]+drawn+text[end:]), 0o644))
		return
	}
	require.Equal(t, drawn, text[start:end], "run this test with -update")
}

// The README's commands are the program's commands.
func TestReadmeNamesEachCommand(t *testing.T) {
	text := read(t, readme)
	for _, command := range []string{"demo", "chat", "serve", "officer", "export", "map", "bench", "version"} {
		require.Contains(t, text, "`mitan "+command, command)
	}
}
