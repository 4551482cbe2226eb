// Views, pieces and joins of tensors.
#include "bridge.h"

NATIVE(jlong, torchExpand)(JNIEnv* env, jobject, jlong a, jlongArray s) {
  TRY return handle(TENSOR(a).expand(numbers(env, s)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchReshape)(JNIEnv* env, jobject, jlong a, jlongArray s) {
  TRY return handle(TENSOR(a).reshape(numbers(env, s)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchPermute)(JNIEnv* env, jobject, jlong a, jlongArray s) {
  TRY return handle(TENSOR(a).permute(numbers(env, s)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchTranspose)(JNIEnv* env, jobject, jlong a, jlong x, jlong y) {
  TRY return handle(TENSOR(a).transpose(x, y));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchSlice)(JNIEnv* env, jobject, jlong a, jlong d, jlong s, jlong e, jlong st) {
  TRY return handle(TENSOR(a).slice(d, s, e, st));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchUnsqueeze)(JNIEnv* env, jobject, jlong a, jlong d) {
  TRY return handle(TENSOR(a).unsqueeze(d));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchSqueeze__JJ)(JNIEnv* env, jobject, jlong a, jlong d) {
  TRY return handle(TENSOR(a).squeeze(d));
  CATCH_RETURN(0)
}
NATIVE(jboolean, contentEqual)(JNIEnv* env, jobject, jlong a, jlong b) {
  TRY return TENSOR(a).equal(TENSOR(b));
  CATCH_RETURN(false)
}
NATIVE(jlongArray, torchSplit__JJJ)(JNIEnv* env, jobject, jlong h, jlong n, jlong d) {
  TRY std::vector<jlong> r;
  for (auto& t : TENSOR(h).split(n, d)) r.push_back(handle(t));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jlongArray, torchSplit__J_3JJ)(JNIEnv* env, jobject, jlong h, jlongArray n, jlong d) {
  TRY std::vector<jlong> r;
  auto all = numbers(env, n);
  for (auto& t : TENSOR(h).split_with_sizes(all, d)) r.push_back(handle(t));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jlong, torchStack)(JNIEnv* env, jobject, jlongArray a, jlong d) {
  TRY return handle(torch::stack(tensors(env, a), d));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchCat)(JNIEnv* env, jobject, jlongArray a, jlong d) {
  TRY return handle(torch::cat(tensors(env, a), d));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchArgMax__JJZ)(JNIEnv* env, jobject, jlong a, jlong d, jboolean k) {
  TRY return handle(TENSOR(a).argmax(d, k));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchArgMax__J)(JNIEnv* env, jobject, jlong a) {
  TRY return handle(TENSOR(a).argmax());
  CATCH_RETURN(0)
}
NATIVE(jlong, torchSum__J_3JZ)(JNIEnv* env, jobject, jlong a, jlongArray d, jboolean k) {
  TRY auto v = numbers(env, d);
  return handle(TENSOR(a).sum(v, k));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchMean__JJZ)(JNIEnv* env, jobject, jlong a, jlong d, jboolean k) {
  TRY return handle(TENSOR(a).mean(d, k));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchSoftmax)(JNIEnv* env, jobject, jlong a, jlong d, jint dt) {
  TRY return handle(TENSOR(a).softmax(d));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchLogSoftmax)(JNIEnv* env, jobject, jlong a, jlong d, jint dt) {
  TRY return handle(TENSOR(a).log_softmax(d));
  CATCH_RETURN(0)
}
