// Tensors that are made, moved, read and freed, and their gradients.
#include "bridge.h"

static const torch::ScalarType TYPES[] = {torch::kFloat32,      torch::kFloat64, torch::kFloat16, torch::kUInt8,
                                          torch::kInt32,        torch::kInt8,    torch::kInt64,   torch::kBool,
                                          torch::kComplexFloat, torch::kFloat32, torch::kFloat32, torch::kBFloat16,
                                          torch::kFloat32,      torch::kFloat32, torch::kFloat32, torch::kInt16};
static jint code(torch::ScalarType t) {
  for (int i = 0; i < 16; i++)
    if (TYPES[i] == t) return i;
  return 9;
}
static torch::TensorOptions options(JNIEnv* env, jint dt, jintArray d, jboolean g) {
  auto o = torch::TensorOptions().device(device(env, d)).requires_grad(g == JNI_TRUE);
  return dt == 9 ? o : o.dtype(TYPES[dt]);
}
NATIVE(jlongArray, torchSizes)(JNIEnv* env, jobject, jlong h) {
  TRY auto s = TENSOR(h).sizes();
  return array(env, std::vector<jlong>(s.begin(), s.end()));
  CATCH_RETURN(nullptr)
}
NATIVE(jbyteArray, torchDataPtr)(JNIEnv* env, jobject, jlong h) {
  TRY Tensor t = TENSOR(h).to(torch::kCPU).contiguous();
  jsize n = t.nbytes();
  jbyteArray r = env->NewByteArray(n);
  env->SetByteArrayRegion(r, 0, n, reinterpret_cast<const jbyte*>(t.const_data_ptr()));
  return r;
  CATCH_RETURN(nullptr)
}
NATIVE(jobject, torchDirectByteBuffer)(JNIEnv* env, jobject, jlong h) {
  TRY return env->NewDirectByteBuffer(TENSOR(h).data_ptr(), TENSOR(h).nbytes());
  CATCH_RETURN(nullptr)
}
NATIVE(jboolean, torchIsContiguous)(JNIEnv* env, jobject, jlong h) { return TENSOR(h).is_contiguous(); }
NATIVE(jlong, torchToContiguous)(JNIEnv* env, jobject, jlong h) {
  TRY return handle(TENSOR(h).contiguous());
  CATCH_RETURN(0)
}
NATIVE(jint, torchDType)(JNIEnv* env, jobject, jlong h) { return code(TENSOR(h).scalar_type()); }
NATIVE(jintArray, torchDevice)(JNIEnv* env, jobject, jlong h) {
  auto d = TENSOR(h).device();
  jint v[2] = {static_cast<jint>(d.type()), d.index()};
  jintArray a = env->NewIntArray(2);
  env->SetIntArrayRegion(a, 0, 2, v);
  return a;
}
NATIVE(jint, torchLayout)(JNIEnv* env, jobject, jlong h) {
  auto l = TENSOR(h).layout();
  return l == torch::kStrided ? 0 : l == torch::kSparse ? 1 : 2;
}
NATIVE(jlong, torchTo)(JNIEnv* env, jobject, jlong h, jint dt, jintArray d) {
  TRY Tensor t =
      dt == 9 ? TENSOR(h).to(device(env, d), false, false) : TENSOR(h).to(device(env, d), TYPES[dt], false, false);
  return handle(t);
  CATCH_RETURN(0)
}
NATIVE(jlong, torchGetItem__JJ)(JNIEnv* env, jobject, jlong h, jlong i) {
  TRY return handle(TENSOR(h)[i]);
  CATCH_RETURN(0)
}
NATIVE(jlong, torchGetItem__J_3J)(JNIEnv* env, jobject, jlong h, jlongArray i) {
  TRY Tensor t = TENSOR(h);
  for (auto k : numbers(env, i)) t = t[k];
  return handle(t);
  CATCH_RETURN(0)
}
NATIVE(jlong, tensorClone)(JNIEnv* env, jobject, jlong h) {
  TRY return handle(TENSOR(h).clone());
  CATCH_RETURN(0)
}
NATIVE(void, torchCudaEmptyCache)(JNIEnv* env, jobject) {}
#define NEWT(fn, expr)                                                                             \
  NATIVE(jlong, fn)(JNIEnv * env, jobject, jlongArray s, jint dt, jint, jintArray d, jboolean g) { \
    TRY return handle(expr);                                                                       \
    CATCH_RETURN(0)                                                                                \
  }
NEWT(torchEmpty, torch::empty(numbers(env, s), options(env, dt, d, g)))
NEWT(torchZeros, torch::zeros(numbers(env, s), options(env, dt, d, g)))
NEWT(torchOnes, torch::ones(numbers(env, s), options(env, dt, d, g)))
NATIVE(jlong, torchFull)(JNIEnv* env, jobject, jlongArray s, jdouble v, jint dt, jint, jintArray d, jboolean g) {
  TRY return handle(torch::full(numbers(env, s), v, options(env, dt, d, g)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchZerosLike)(JNIEnv* env, jobject, jlong h, jint dt, jint, jintArray d, jboolean g) {
  TRY return handle(torch::zeros_like(TENSOR(h), options(env, dt, d, g)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchOnesLike)(JNIEnv* env, jobject, jlong h, jint dt, jint, jintArray d, jboolean g) {
  TRY return handle(torch::ones_like(TENSOR(h), options(env, dt, d, g)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchArange)(JNIEnv* env, jobject, jfloat a, jfloat b, jfloat c, jint dt, jint, jintArray d, jboolean g) {
  TRY return handle(torch::arange(a, b, c, options(env, dt, d, g)));
  CATCH_RETURN(0)
}
NATIVE(jlong, torchFromBlob)(JNIEnv* env, jobject, jobject data, jlongArray s, jint dt, jint, jintArray d, jboolean g) {
  TRY auto place = device(env, d);
  Tensor t = torch::from_blob(env->GetDirectBufferAddress(data), numbers(env, s),
                              torch::TensorOptions().dtype(TYPES[dt]).requires_grad(g == JNI_TRUE));
  if (!place.is_cpu()) t = t.to(place);
  return handle(t);
  CATCH_RETURN(0)
}
NATIVE(void, torchSet)(JNIEnv* env, jobject, jlong h, jobject data) {
  TRY Tensor t = TENSOR(h);
  Tensor src =
      torch::from_blob(env->GetDirectBufferAddress(data), t.sizes(), torch::TensorOptions().dtype(t.scalar_type()));
  torch::NoGradGuard g;
  t.copy_(src);
  CATCH
}
NATIVE(void, torchDeleteTensor)(JNIEnv* env, jobject, jlong h) {
  TRY delete reinterpret_cast<Tensor*>(h);
  CATCH
}
NATIVE(jboolean, torchRequiresGrad)(JNIEnv* env, jobject, jlong h) { return TENSOR(h).requires_grad(); }
NATIVE(void, torchAttachGrad)(JNIEnv* env, jobject, jlong h, jboolean r) {
  TRY TENSOR(h).requires_grad_(r);
  CATCH
}
NATIVE(jlong, torchGrad)(JNIEnv* env, jobject, jlong h) {
  TRY Tensor g = TENSOR(h).grad();
  return g.defined() ? handle(g) : 0;
  CATCH_RETURN(0)
}
NATIVE(void, torchBackward)(JNIEnv* env, jobject, jlong h, jlong g, jboolean k, jboolean c) {
  TRY TENSOR(h).backward(TENSOR(g), k, c);
  CATCH
}
NATIVE(void, zeroGrad)(JNIEnv* env, jobject, jlong h) {
  TRY Tensor g = TENSOR(h).grad();
  if (g.defined()) {
    torch::NoGradGuard n;
    g.zero_();
  }
  CATCH
}
