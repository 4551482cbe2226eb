#!/bin/sh
# Builds DJL's native side anew, as far as Cloze calls it, for the PyTorch of a Python: bridge.sh PYTHON FOLDER
set -eu
python=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')
java=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
mkdir -p "$folder"
# In one go: PyTorch's headers take longer than all of this.
for part in "$here"/src/main/cpp/*.cc; do echo "#include \"$part\""; done |
    ${CXX:-g++} -O1 -std=c++17 -fPIC -shared -x c++ - -o "$folder/libdjl_torch.so" \
    -I"$torch/include" -I"$torch/include/torch/csrc/api/include" -I"$java/include" -I"$java/include/linux" \
    -L"$torch/lib" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10
ln -sf "$torch/lib/libtorch.so" "$folder/libtorch.so"
echo 2.7.1 > "$folder/build-version"
echo "PYTORCH_LIBRARY_PATH=$folder"
echo "LD_LIBRARY_PATH=$torch/lib$(find "$torch/../nvidia" -maxdepth 3 -type d -name lib -printf ':%p' 2>/dev/null)"
