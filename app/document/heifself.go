//go:build nodynamic

package document

import (
	"fmt"
	"image/jpeg"
	"os"
	"syscall"

	"github.com/gen2brain/heic" // libheif and libde265 as WebAssembly; with this build tag it never loads a library of the machine
)

// selfConvert tells that the program itself can be the converter; see convertSelf.
const selfConvert = true

// limits of the converter's own process, as of heif-convert; WebAssembly reserves more address space than it uses.
var selfLimits = map[int]uint64{syscall.RLIMIT_AS: 3 << 30, syscall.RLIMIT_CPU: 60, syscall.RLIMIT_FSIZE: 128 << 20, syscall.RLIMIT_CORE: 0}

// convertSelf decodes one HEIC file and writes it as JPEG. It is the whole work of a process of its own.
func convertSelf(from, to string) error {
	for what, most := range selfLimits {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("limit the converter: %w", err)
		}
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	img, err := heic.Decode(in)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(out, img, &jpeg.Options{Quality: 92}); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return out.Close()
}
