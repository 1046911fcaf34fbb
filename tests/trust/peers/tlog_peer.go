// Asks golang.org/x/mod/sumdb to open and sign notes and to check proofs: one JSON object in, one out.
package main

import (
	"encoding/json"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Open []struct {
		Note []byte
		Keys []string
	}
	Sign []struct {
		Key  string
		Text string
	}
	Inclusion []struct {
		Proof       [][]byte
		Size, Index int64
		Root, Leaf  []byte
	}
	Consistency []struct {
		Proof     [][]byte
		Size, Old int64
		Root      []byte
		OldRoot   []byte
	}
}

type answer struct {
	Open                   []int
	Sign                   [][]byte
	Inclusion, Consistency []bool
}

func hash(data []byte) (h tlog.Hash) {
	if copy(h[:], data) != tlog.HashSize {
		panic("no hash")
	}
	return h
}

func hashes(list [][]byte) (all []tlog.Hash) {
	for _, data := range list {
		all = append(all, hash(data))
	}
	return all
}

func main() {
	var q question
	var a answer
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		panic(err)
	}
	for _, each := range q.Open {
		var verifiers []note.Verifier
		for _, key := range each.Keys {
			v, err := note.NewVerifier(key)
			if err != nil {
				panic(err)
			}
			verifiers = append(verifiers, v)
		}
		found := 0
		if n, err := note.Open(each.Note, note.VerifierList(verifiers...)); err == nil {
			found = len(n.Sigs)
		}
		a.Open = append(a.Open, found)
	}
	for _, each := range q.Sign {
		signer, err := note.NewSigner(each.Key)
		if err != nil {
			panic(err)
		}
		data, err := note.Sign(&note.Note{Text: each.Text}, signer)
		if err != nil {
			panic(err)
		}
		a.Sign = append(a.Sign, data)
	}
	for _, each := range q.Inclusion {
		err := tlog.CheckRecord(hashes(each.Proof), each.Size, hash(each.Root), each.Index, hash(each.Leaf))
		a.Inclusion = append(a.Inclusion, err == nil)
	}
	for _, each := range q.Consistency {
		err := tlog.CheckTree(hashes(each.Proof), each.Size, hash(each.Root), each.Old, hash(each.OldRoot))
		a.Consistency = append(a.Consistency, err == nil)
	}
	json.NewEncoder(os.Stdout).Encode(a)
}
