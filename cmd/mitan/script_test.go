package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mitan": main})
}

// The command as people use it: each script is a document of one thing.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fields": scriptFields, "another": scriptAnother, "readonly": scriptReadOnly, "replace": scriptReplace,
		},
	})
}

// scriptFields is "fields FILE N KEY…": the file is a JSON array of N objects,
// each with just these keys.
func scriptFields(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: fields FILE N KEY…")
	}
	var items []map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &items))
	if got, _ := json.Marshal(len(items)); string(got) != args[1] {
		ts.Fatalf("%s has %d items, not %s", args[0], len(items), args[1])
	}
	want := slices.Sorted(slices.Values(args[2:]))
	for _, item := range items {
		if got := slices.Sorted(maps.Keys(item)); !slices.Equal(got, want) {
			ts.Fatalf("an item has the fields %v, not %v", got, want)
		}
	}
}

// scriptAnother is "another FOLDER": another mitan has the folder, to the end
// of the script.
func scriptAnother(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	lock, err := lockFolder(dir)
	ts.Check(err)
	ts.Defer(func() { _ = lock.Close() })
}

// scriptReadOnly is "readonly FOLDER": nothing can be written there. Modes do
// not hold for root, so for root it becomes a file system of its own.
func scriptReadOnly(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	if os.Getuid() != 0 {
		ts.Check(os.Chmod(dir, 0o500))
		return
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
		ts.Logf("nothing can be mounted here (%v): a file takes the folder's place", err)
		ts.Check(os.Remove(dir))
		ts.Check(os.WriteFile(dir, nil, 0o600))
		return
	}
	ts.Defer(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// scriptReplace is "replace FILE OLD NEW".
func scriptReplace(ts *testscript.TestScript, _ bool, args []string) {
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, args[1], args[2], 1)
	if before == after {
		ts.Fatalf("%s does not have %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(filepath.Clean(ts.MkAbs(args[0])), []byte(after), 0o600))
}
