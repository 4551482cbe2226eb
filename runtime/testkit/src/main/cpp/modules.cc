// TorchScript modules.
#include "bridge.h"

#include <sstream>

NATIVE(void, torchDeleteModule)(JNIEnv* env, jobject, jlong h) {
  TRY delete reinterpret_cast<Module*>(h);
  CATCH
}
static Module* owned(Module m, bool train) {
  if (!train)
    for (auto p : m.parameters()) p.set_requires_grad(false);
  return new Module(m);
}
NATIVE(jlong, moduleLoad__Ljava_lang_String_2_3IZ_3Ljava_lang_String_2_3Ljava_lang_String_2Z)(
    JNIEnv* env, jobject, jstring p, jintArray d, jboolean map, jobjectArray, jobjectArray, jboolean train) {
  TRY auto place = device(env, d);
  Module m = torch::jit::load(text(env, p), place);
  return reinterpret_cast<jlong>(owned(m, train));
  CATCH_RETURN(0)
}
NATIVE(jlong, moduleLoad__Ljava_io_InputStream_2_3IZ_3BJ)(JNIEnv* env, jobject, jobject is, jintArray d, jboolean map,
                                                          jbyteArray buf, jlong size) {
  TRY jmethodID read = env->GetMethodID(env->GetObjectClass(is), "read", "([BII)I");
  std::string all;
  jint len = env->GetArrayLength(buf);
  std::vector<jbyte> c(len);
  while (size < 0 || (jlong)all.size() < size) {
    jint want = size < 0 ? len : std::min<jlong>(len, size - all.size());
    jint n = env->CallIntMethod(is, read, buf, 0, want);
    if (env->ExceptionCheck()) return 0;
    if (n < 0) break;
    env->GetByteArrayRegion(buf, 0, n, c.data());
    all.append(reinterpret_cast<char*>(c.data()), n);
  }
  std::istringstream in(all);
  Module m = torch::jit::load(in, device(env, d));
  return reinterpret_cast<jlong>(owned(m, true));
  CATCH_RETURN(0)
}
NATIVE(void, moduleEval)(JNIEnv* env, jobject, jlong h) {
  TRY MODULE(h).eval();
  CATCH
}
NATIVE(void, moduleTrain)(JNIEnv* env, jobject, jlong h) {
  TRY MODULE(h).train(true);
  CATCH
}
NATIVE(void, setGraphExecutorOptimize)(JNIEnv* env, jobject, jboolean b) { torch::jit::setGraphExecutorOptimize(b); }
NATIVE(jlong, moduleRunMethod)(JNIEnv* env, jobject, jlong h, jstring name, jlongArray in, jboolean train, jboolean) {
  TRY std::vector<IValue> args;
  for (auto a : numbers(env, in)) args.push_back(VALUE(a));
  auto method = MODULE(h).get_method(text(env, name));
  if (train) return handle(method(args));
  torch::NoGradGuard g;
  return handle(method(args));
  CATCH_RETURN(0)
}
NATIVE(jlongArray, moduleGetParams)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<jlong> r;
  for (auto p : MODULE(h).parameters()) r.push_back(handle(p));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
static jobjectArray SA(JNIEnv* env, const std::vector<std::string>& v) {
  jobjectArray a = env->NewObjectArray(v.size(), env->FindClass("java/lang/String"), nullptr);
  for (size_t i = 0; i < v.size(); i++) {
    jstring s = env->NewStringUTF(v[i].c_str());
    env->SetObjectArrayElement(a, i, s);
    env->DeleteLocalRef(s);
  }
  return a;
}
NATIVE(jobjectArray, moduleGetParamNames)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<std::string> r;
  for (auto p : MODULE(h).named_parameters()) r.push_back(p.name);
  return SA(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jobjectArray, moduleGetMethodNames)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<std::string> r;
  for (auto& m : MODULE(h).get_methods()) r.push_back(m.name());
  return SA(env, r);
  CATCH_RETURN(nullptr)
}
