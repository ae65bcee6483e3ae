"""Fetches with a library of Python's, and prints a line for each response.

usage: fetch.py urllib|httpx CA ranges URL RANGE...
       fetch.py urllib|httpx CA many PREFIX N
       fetch.py urllib|httpx CA upload URL SIZE N

CA is the file of the certificate to trust, "" without TLS.
"""

import hashlib
import ssl
import sys
import urllib.error
import urllib.request


def use_urllib(context):
    handlers = [urllib.request.ProxyHandler({})]
    if context:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)

    def fetch(method, url, fields, content):
        request = urllib.request.Request(url, content, fields, method=method)
        try:
            response = opener.open(request, timeout=15)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return response.status, response.headers, response.read()

    return fetch


def use_httpx(context):
    import httpx

    client = httpx.Client(verify=context or True, trust_env=False, timeout=15)

    def fetch(method, url, fields, content):
        response = client.request(method, url, headers=fields, content=content)
        return response.status_code, response.headers, response.content

    return fetch


def main():
    library, ca, action, url, *rest = sys.argv[1:]
    context = ssl.create_default_context(cafile=ca) if ca else None
    fetch = {"urllib": use_urllib, "httpx": use_httpx}[library](context)

    if action == "ranges":
        for range_ in rest:
            status, fields, content = fetch("GET", url, {"Range": "bytes=" + range_}, None)
            print(status, fields["Content-Range"], hashlib.sha256(content).hexdigest())
    elif action == "many":
        for i in range(int(rest[0])):
            status, _, content = fetch("GET", f"{url}{i}.txt", {}, None)
            print(status, hashlib.sha256(content).hexdigest())
    elif action == "upload":
        size, tries = map(int, rest)
        for _ in range(tries):
            try:
                print(fetch("POST", url, {}, bytes(size))[0])
            except Exception as error:
                print(f"{type(error).__name__}: {error}")


main()
