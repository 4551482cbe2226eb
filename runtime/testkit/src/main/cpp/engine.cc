// What a process has one of.
#include "bridge.h"

#include <ATen/Parallel.h>
#include <torch/csrc/jit/python/update_graph_executor_opt.h>

NATIVE(jboolean, torchIsGradMode)(JNIEnv* env, jobject) { return torch::GradMode::is_enabled(); }
NATIVE(void, torchSetGradMode)(JNIEnv* env, jobject, jboolean on) { torch::GradMode::set_enabled(on); }
NATIVE(jint, torchGetNumInteropThreads)(JNIEnv* env, jobject) { return at::get_num_interop_threads(); }
NATIVE(jint, torchGetNumThreads)(JNIEnv* env, jobject) { return at::get_num_threads(); }
NATIVE(void, torchSetNumInteropThreads)(JNIEnv* env, jobject, jint n) {
  TRY at::set_num_interop_threads(n);
  CATCH
}
NATIVE(void, torchSetNumThreads)(JNIEnv* env, jobject, jint n) {
  TRY at::set_num_threads(n);
  CATCH
}
NATIVE(void, torchSetBenchmarkCuDNN)(JNIEnv* env, jobject, jboolean b) { at::globalContext().setBenchmarkCuDNN(b); }
NATIVE(void, torchManualSeed)(JNIEnv* env, jobject, jlong s) {
  TRY torch::manual_seed(s);
  CATCH
}
NATIVE(void, torchShowConfig)(JNIEnv* env, jobject, jobject set) {
  jmethodID add = env->GetMethodID(env->GetObjectClass(set), "add", "(Ljava/lang/Object;)Z");
  auto put = [&](const char* n) { env->CallBooleanMethod(set, add, env->NewStringUTF(n)); };
  if (torch::cuda::is_available()) put("CUDA");
  put("MKL");
  put("MKLDNN");
  put("OPENMP");
}
