// Package dev holds the pages that exist in development only.
package dev

import "time"

// OutboxView shows the messages that would have been sent.
type OutboxView struct{ Messages []Message }

// Message is one message. Channel is sms or email.
type Message struct {
	At                         time.Time
	Channel, To, Subject, Body string
	Attachments                []string
}

// PeopleView shows how to sign in as each kind of person.
type PeopleView struct{ People []Person }

// Person is one demo person. Code is the current TOTP code of staff.
type Person struct{ Role, Place, Name, Login, Password, Code string }

// GalleryView is the index of all samples.
type GalleryView struct{ Groups []GalleryGroup }

// GalleryGroup is one audience with its samples.
type GalleryGroup struct {
	Name  string
	Items []GalleryItem
}

// GalleryItem is one sample in each language.
type GalleryItem struct{ Name, HrefZh, HrefEn string }
