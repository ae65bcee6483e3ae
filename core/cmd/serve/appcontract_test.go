package main

import (
	"testing"

	"vitrine/wasm/contract"
)

// The server hosts pages and scripts that go by the contract of page and
// worker; it has the paths in constants of its own, to import nothing of wasm.
func TestAppKeepsTheContract(t *testing.T) {
	for _, tc := range []struct{ name, got, want string }{
		{"reserved", reserved, contract.Reserved},
		{"bridgePage", bridgePage, contract.BridgePage},
		{"workerScript", workerScript, contract.WorkerScript},
		{"pastPath", pastPath, contract.Reserved + contract.PastPath},
		{"pastDownload", pastDownload, contract.PastDownload},
		{"pastWorker", pastWorker, contract.PastWorker},
		{"pastWebSocket", pastWebSocket, contract.PastWebSocket},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, tc.got, tc.want)
		}
	}
	forgets := &appRequest{host: previewedSite, path: contract.Reserved + contract.ForgetPath}
	if !forgets.forgets() {
		t.Errorf("%s is not the path that forgets a site", forgets.path)
	}
}
