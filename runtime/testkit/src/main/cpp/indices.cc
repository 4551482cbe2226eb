// Tensors by indices.
#include "bridge.h"

static std::vector<torch::indexing::TensorIndex> X(JNIEnv* env, jlongArray a, jlongArray b, jlongArray c) {
  auto x = numbers(env, a), y = numbers(env, b), z = numbers(env, c);
  std::vector<torch::indexing::TensorIndex> r;
  for (size_t i = 0; i < x.size(); i++) r.emplace_back(torch::indexing::Slice(x[i], y[i], z[i]));
  return r;
}
NATIVE(jlong, torchIndex)(JNIEnv* env, jobject, jlong h, jlongArray a, jlongArray b, jlongArray c) {
  TRY return handle(TENSOR(h).index(X(env, a, b, c)));
  CATCH_RETURN(0)
}
NATIVE(void, torchIndexPut)(JNIEnv* env, jobject, jlong h, jlong v, jlongArray a, jlongArray b, jlongArray c) {
  TRY TENSOR(h).index_put_(X(env, a, b, c), TENSOR(v));
  CATCH
}
typedef std::vector<torch::indexing::TensorIndex> IX;
#define XV(h) (*reinterpret_cast<IX*>(h))
NATIVE(jlong, torchIndexInit)(JNIEnv* env, jobject, jint n) {
  auto* v = new IX();
  v->reserve(n);
  return reinterpret_cast<jlong>(v);
}
NATIVE(void, torchDeleteIndex)(JNIEnv* env, jobject, jlong h) { delete reinterpret_cast<IX*>(h); }
NATIVE(jlong, torchIndexAdvGet)(JNIEnv* env, jobject, jlong t, jlong x) {
  TRY return handle(TENSOR(t).index(XV(x)));
  CATCH_RETURN(0)
}
NATIVE(void, torchIndexAdvPut)(JNIEnv* env, jobject, jlong t, jlong x, jlong d) {
  TRY TENSOR(t).index_put_(XV(x), TENSOR(d));
  CATCH
}
NATIVE(void, torchIndexAppendNoneEllipsis)(JNIEnv* env, jobject, jlong x, jboolean e) {
  if (e)
    XV(x).emplace_back(torch::indexing::Ellipsis);
  else
    XV(x).emplace_back(torch::indexing::None);
}
NATIVE(void, torchIndexAppendFixed)(JNIEnv* env, jobject, jlong x, jlong i) { XV(x).emplace_back((int64_t)i); }
NATIVE(void, torchIndexAppendArray)(JNIEnv* env, jobject, jlong x, jlong a) { XV(x).emplace_back(TENSOR(a)); }
NATIVE(void, torchIndexAppendSlice)(JNIEnv* env, jobject, jlong x, jlong a, jlong b, jlong st, jint nulls) {
  std::optional<c10::SymInt> lo, hi;
  if (!(nulls & 2)) lo = c10::SymInt((int64_t)a);
  if (!(nulls & 1)) hi = c10::SymInt((int64_t)b);
  XV(x).emplace_back(torch::indexing::Slice(lo, hi, c10::SymInt((int64_t)st)));
}
