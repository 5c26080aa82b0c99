package bot

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// checkpointText begins the words that are signed.
const checkpointText = "mitan audit checkpoint 1"

// Words are what the checkpoint signs: that the row had the hash.
func (c AuditCheckpoint) Words() string {
	return fmt.Sprintf("%s\nrow: %d\nhash: %s\nat: %s\n", checkpointText, c.Row, hex.EncodeToString(c.Hash), c.At.UTC().Format(time.RFC3339Nano))
}

// FormatCheckpoint writes a checkpoint as a file to keep elsewhere.
func FormatCheckpoint(c AuditCheckpoint) string {
	return c.Words() + "key: " + base64.StdEncoding.EncodeToString(c.Key) +
		"\nsignature: " + base64.StdEncoding.EncodeToString(c.Signature) + "\n"
}

// errCheckpoint means that a file is no checkpoint, or was changed.
var errCheckpoint = errors.New("this is no checkpoint of the audit, or it was changed")

// ParseCheckpoint reads what FormatCheckpoint has written, and checks its
// signature.
func ParseCheckpoint(text string) (c AuditCheckpoint, err error) {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	names := []string{"row: ", "hash: ", "at: ", "key: ", "signature: "}
	if len(lines) != 1+len(names) || lines[0] != checkpointText {
		return c, errCheckpoint
	}
	values := make([]string, len(names))
	for i, name := range names {
		var found bool
		if values[i], found = strings.CutPrefix(lines[1+i], name); !found {
			return c, errCheckpoint
		}
	}
	var problems [5]error
	c.Row, problems[0] = strconv.ParseInt(values[0], 10, 64)
	c.Hash, problems[1] = hex.DecodeString(values[1])
	c.At, problems[2] = time.Parse(time.RFC3339Nano, values[2])
	c.Key, problems[3] = base64.StdEncoding.DecodeString(values[3])
	c.Signature, problems[4] = base64.StdEncoding.DecodeString(values[4])
	if errors.Join(problems[:]...) != nil || !c.Signed() {
		return AuditCheckpoint{}, errCheckpoint
	}
	return c, nil
}

// Signed tells whether the checkpoint's signature is its key's.
func (c AuditCheckpoint) Signed() bool {
	return len(c.Key) == ed25519.PublicKeySize && ed25519.Verify(c.Key, []byte(c.Words()), c.Signature)
}
