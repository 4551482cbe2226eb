// What all parts of the bridge share: handles are pointers that Java holds as numbers, as DJL's own native code has it.
#pragma once

#include <jni.h>
#include <torch/script.h>
#include <torch/torch.h>

#include <string>
#include <vector>

using torch::IValue;
using torch::Tensor;
using Module = torch::jit::script::Module;

#define NATIVE(result, name) extern "C" JNIEXPORT result JNICALL Java_ai_djl_pytorch_jni_PyTorchLibrary_##name
#define TENSOR(handle) (*reinterpret_cast<Tensor*>(handle))
#define VALUE(handle) (*reinterpret_cast<IValue*>(handle))
#define MODULE(handle) (*reinterpret_cast<Module*>(handle))

inline void raise(JNIEnv* env, const char* what) {
  env->ThrowNew(env->FindClass("ai/djl/engine/EngineException"), what);
}

// TRY ... CATCH, or CATCH_RETURN(what a failed call returns, which Java never sees).
#define TRY try {
#define CATCH                       \
  }                                 \
  catch (const c10::Error& e) {     \
    raise(env, e.what());           \
  }                                 \
  catch (const std::exception& e) { \
    raise(env, e.what());           \
  }
#define CATCH_RETURN(value) CATCH return value;

inline jlong handle(Tensor tensor) { return reinterpret_cast<jlong>(new Tensor(std::move(tensor))); }

inline jlong handle(IValue value) { return reinterpret_cast<jlong>(new IValue(std::move(value))); }

inline std::vector<int64_t> numbers(JNIEnv* env, jlongArray array) {
  std::vector<int64_t> all(env->GetArrayLength(array));
  env->GetLongArrayRegion(array, 0, all.size(), reinterpret_cast<jlong*>(all.data()));
  return all;
}

inline jlongArray array(JNIEnv* env, const std::vector<jlong>& all) {
  jlongArray result = env->NewLongArray(all.size());
  env->SetLongArrayRegion(result, 0, all.size(), all.data());
  return result;
}

inline std::vector<Tensor> tensors(JNIEnv* env, jlongArray handles) {
  std::vector<Tensor> all;
  for (auto each : numbers(env, handles)) all.push_back(TENSOR(each));
  return all;
}

inline std::string text(JNIEnv* env, jstring string) {
  const char* bytes = env->GetStringUTFChars(string, nullptr);
  std::string result(bytes);
  env->ReleaseStringUTFChars(string, bytes);
  return result;
}

inline torch::Device device(JNIEnv* env, jintArray typeAndNumber) {
  jint pair[2];
  env->GetIntArrayRegion(typeAndNumber, 0, 2, pair);
  auto type = static_cast<torch::DeviceType>(pair[0]);
  return torch::Device(type, type == torch::kCPU ? -1 : pair[1]);
}
