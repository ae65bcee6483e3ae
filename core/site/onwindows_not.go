//go:build !windows

package site

const onWindows = false
