#!/usr/bin/env bash
# The HTML report in a real browser. Pictures and printed pages are kept in target/e2e.
# With UPDATE=1 the screenshots of docs/ are made anew.
set -euo pipefail
annexa=$1 work=$2
cd "$(dirname "$0")/../.."
packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v npm >/dev/null || packages+=(nodejs npm)
command -v pdftoppm >/dev/null || packages+=(poppler-utils)
command -v pngquant >/dev/null || packages+=(pngquant)
[[ -n $(fc-list :lang=ja 2>/dev/null) ]] || packages+=(fontconfig fonts-noto-cjk fonts-noto-core)
if ((${#packages[@]})); then
    apt-get update -q >/dev/null
    apt-get install -y -q --no-install-recommends "${packages[@]}" >/dev/null
fi
mkdir -p docs/images
out=$PWD/target/e2e
rm -rf "$out"
mkdir -p "$out"
(cd tests/e2e/browser && npm ci --no-audit --no-fund --ignore-scripts --silent)
pictures=()
[[ ${UPDATE:-} == 1 ]] && mkdir -p "$work/pictures" && pictures=("$work/pictures")
node tests/e2e/browser/report_opens.mjs "$annexa" "$work" "$out" "${pictures[@]}"
for format in A4 Letter; do
    pdftoppm -r 60 -png -l 4 "$out/print-$format.pdf" "$out/print-$format"
    [[ -s $out/print-$format-01.png || -s $out/print-$format-1.png ]] || { echo "$format: nothing was printed" >&2; exit 1; }
done
for picture in "${pictures[@]:+$work/pictures}"/*.png; do
    [[ -e $picture ]] || continue
    pngquant --force --strip --speed 1 32 --output "docs/images/$(basename "$picture")" "$picture"
done
