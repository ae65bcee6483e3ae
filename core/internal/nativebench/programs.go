//go:build linux

package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// manyIdle is how many idle connections are held at most.
const manyIdle = 9_000

// startServe starts the program to measure.
func (b *bench) startServe(family string) (*server, error) {
	return b.startBuild("Vitrine", b.serve, family)
}

// startBuild starts a build of serve as family says.
func (b *bench) startBuild(name, program, family string) (*server, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(addr)
	args := []string{"-p", "HTTP/1.1", "-b", "127.0.0.1", "-d", b.tree, port}
	switch family {
	case "log":
		args = append(args, "--log-format", "combined", "--log-file", filepath.Join(b.dir, name+".log"))
	case "tls":
		args = append(args, "--log-format", "off", "--tls-cert", b.cert, "--tls-key", b.key)
	case "idle":
		args = append(args, "--log-format", "off", "--max-connections", fmt.Sprint(2*manyIdle),
			"--max-connections-per-address", fmt.Sprint(2*manyIdle), "--idle-timeout", "10m")
	default:
		args = append(args, "--log-format", "off")
	}
	return launch(name, family, addr, program, append(args, strings.Fields(b.more)...)...)
}

// startNginx starts nginx as Debian builds and configures it, but for what is
// said here. It checks a file at each request, as serve does: open_file_cache
// is off unless it is asked for.
func (b *bench) startNginx(family string) (*server, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.dir, "nginx-"+family)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	listen, log := "listen "+addr+" backlog=4096;", "access_log off;"
	switch family {
	case "log":
		log = "access_log " + dir + "/access.log combined;"
	case "tls":
		listen = "listen " + addr + " ssl; ssl_certificate " + b.cert + "; ssl_certificate_key " + b.key + ";"
	}
	config := filepath.Join(dir, "nginx.conf")
	text := fmt.Sprintf(`
daemon off;
user root;
worker_processes auto;
worker_rlimit_nofile 20000;
pid %[1]s/pid;
error_log %[1]s/error.log;
events { worker_connections 16384; }
http {
  types { text/html html; }
  default_type application/octet-stream;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 600s;
  keepalive_requests 100000000;
  client_body_temp_path %[1]s/1; proxy_temp_path %[1]s/2; fastcgi_temp_path %[1]s/3; uwsgi_temp_path %[1]s/4; scgi_temp_path %[1]s/5;
  server {
    %[2]s
    %[3]s
    root %[4]s;
    autoindex on;
    etag on;
  }
}
`, dir, listen, log, b.tree)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return nil, err
	}
	return launch("nginx", family, addr, "nginx", "-p", dir, "-c", config)
}

// startPeer starts one of the servers of the peers' program.
func (b *bench) startPeer(name string) (*server, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	return launch(name, "", addr, b.peers, strings.ReplaceAll(name, "/", ""), addr, b.tree)
}

// prepare makes the tree and starts the servers that loads are put on.
func (b *bench) prepare() (err error) {
	b.tree = filepath.Join(b.dir, "tree")
	if err := makeTree(b.tree); err != nil {
		return err
	}
	if err := b.makeCertificate(); err != nil {
		return err
	}
	needed := map[string]bool{}
	for i := range loads {
		if b.loads.MatchString(loads[i].name) {
			needed[loads[i].server] = true
		}
	}
	add := func(s *server, err error) error {
		if err == nil {
			b.all = append(b.all, s)
		}
		return err
	}
	for _, family := range []string{"", "log", "tls"} {
		if !needed[family] {
			continue
		}
		if err := add(b.startServe(family)); err != nil {
			return err
		}
		for build := range strings.SplitSeq(b.builds, ",") {
			if name, program, ok := strings.Cut(build, "="); ok {
				if err := add(b.startBuild(name, program, family)); err != nil {
					return err
				}
			}
		}
		if err := add(b.startNginx(family)); err != nil {
			return err
		}
	}
	for _, name := range []string{"fasthttp", "net/http"} {
		if b.peers != "" && needed[""] && b.servers.MatchString(name) {
			if err := add(b.startPeer(name)); err != nil {
				return err
			}
		}
	}
	time.Sleep(time.Second) // they have begun
	return nil
}

func (b *bench) stop() {
	for _, s := range b.all {
		s.stop()
	}
}
