package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"mitan/bot/inbox"
	"mitan/store"
)

// backupStamp is the file in the data folder whose time says when the last
// backup was: whoever makes one touches it.
const backupStamp = "last-backup"

// machine looks at the machine for the inbox's page of its health. What cannot
// be read stays 0.
func machine(dir string) func() inbox.Machine {
	return func() inbox.Machine {
		m := inbox.Machine{Version: version, Go: runtime.Version(), SQLite: store.SQLiteVersion()}
		var disk syscall.Statfs_t
		if syscall.Statfs(dir, &disk) == nil {
			m.Free, m.Disk = int64(disk.Bavail)*int64(disk.Bsize), int64(disk.Blocks)*int64(disk.Bsize) //nolint:unconvert // other systems' types differ
		}
		for _, part := range []string{"", "-wal"} {
			m.Database += sizeOf(filepath.Join(dir, store.File+part))
		}
		m.Media = treeSize(filepath.Join(dir, "media"))
		m.Backup = changed(filepath.Join(dir, backupStamp))
		return m
	}
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func changed(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// treeSize is how many bytes the files under a folder have.
func treeSize(dir string) (sum int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // a file that has gone meanwhile counts nothing
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
