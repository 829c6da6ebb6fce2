package seal

import (
	"crypto/aes"
	"crypto/cipher"
)

// algorithms are the ways to seal, by the id in front of each sealed value, so that another (SM4-GCM where commercial
// cryptography is assessed) can be added and made current without touching what is stored. An AEAD here chooses its
// own nonce and puts it in front of the ciphertext.
var algorithms = map[byte]func(key []byte) (cipher.AEAD, error){
	aes256GCM: func(key []byte) (cipher.AEAD, error) {
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		return cipher.NewGCMWithRandomNonce(block)
	},
}

const (
	aes256GCM        byte = 1
	currentAlgorithm      = aes256GCM
	overhead              = 12 + 16 // nonce and tag
)
