package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
)

// Bounds of the copy that people look at.
const (
	copySide    = 2560 // longest side in pixels: a page of A4 at 220 dots an inch
	copyQuality = 85   // JPEG quality; small print stays readable
)

// errNoCopy reports a picture of which no copy can be made here: it does not decode, or no converter is installed. The
// original stays; the copy is absent.
var errNoCopy = errors.New("no copy can be made")

// picture is a finished copy.
type picture struct {
	kind  Kind
	bytes []byte
}

// remake decodes a picture and encodes it anew, upright, at most copySide long. Nothing but pixels passes: no place, no time,
// no device, no text, no appended data.
func remake(ctx context.Context, kind Kind, data []byte) (picture, error) {
	switch kind {
	case JPEG:
		return remakeJPEG(ctx, data, orientation(data))
	case PNG:
		img, err := decode(ctx, data, png.Decode)
		if err != nil {
			return picture{}, err
		}
		var out bytes.Buffer
		if err := png.Encode(&out, scaled(img, copySide)); err != nil {
			return picture{}, fmt.Errorf("encode a copy: %w", err)
		}
		return picture{PNG, out.Bytes()}, nil
	case HEIC:
		plain, err := heicToJPEG(ctx, data)
		if err != nil {
			return picture{}, err
		}
		return remakeJPEG(ctx, plain, 1) // the converter has turned it already
	default:
		return picture{}, errNoCopy
	}
}

func remakeJPEG(ctx context.Context, data []byte, how int) (picture, error) {
	img, err := decode(ctx, data, jpeg.Decode)
	if err != nil {
		return picture{}, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(scaled(img, copySide), how), &jpeg.Options{Quality: copyQuality}); err != nil {
		return picture{}, fmt.Errorf("encode a copy: %w", err)
	}
	return picture{JPEG, out.Bytes()}, nil
}

// decode checks the claimed size once more right before the pixels are laid out, since a converter may have written them.
func decode(ctx context.Context, data []byte, with func(io.Reader) (image.Image, error)) (image.Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoCopy, err)
	}
	if int64(config.Width)*int64(config.Height) > MaxPixels {
		return nil, fmt.Errorf("%w: too many pixels", errNoCopy)
	}
	img, err := with(bound{ctx, bytes.NewReader(data)})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoCopy, err)
	}
	return img, nil
}
