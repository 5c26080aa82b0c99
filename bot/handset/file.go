package handset

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
)

// claimedTypes is what a phone says of a file, by the end of its name.
var claimedTypes = map[string]string{
	".apk":  "application/vnd.android.package-archive",
	".gif":  "image/gif",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".m4a":  "audio/mp4",
	".mp3":  "audio/mpeg",
	".mp4":  "video/mp4",
	".ogg":  "audio/ogg",
	".opus": "audio/ogg",
	".pdf":  "application/pdf",
	".png":  "image/png",
	".txt":  "text/plain",
	".webp": "image/webp",
}

// claimedType is the MIME type that a phone claims for a file of this name.
func claimedType(name string) string {
	if t, known := claimedTypes[strings.ToLower(filepath.Ext(name))]; known {
		return t
	}
	return "application/octet-stream"
}

// File makes the bytes of a file of this name that does not exist. An .apk is
// an archive that is recognised as an Android app and does nothing; anything
// else is plain text.
func File(name string) []byte {
	const words = "A made-up file for practice.\n"
	if !strings.EqualFold(filepath.Ext(name), ".apk") {
		return []byte(words)
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, entry := range []string{"AndroidManifest.xml", "classes.dex", "resources.arsc"} {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: entry, Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(words))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// Video makes an MP4 container without tracks that stands for a video of words.
func Video(words string) []byte {
	box := func(kind, body string) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
		return append(append(b, kind...), body...)
	}
	out := box("ftyp", "isom\x00\x00\x02\x00isomiso2mp41")
	out = append(out, box("free", words)...)
	return append(out, box("mdat", "")...)
}

// Sticker is a WebP picture of one grey dot.
func Sticker() []byte {
	return []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
}
