// What goes into a module's methods and comes out.
#include "bridge.h"

NATIVE(void, torchDeleteIValue)(JNIEnv* env, jobject, jlong h) {
  TRY delete reinterpret_cast<IValue*>(h);
  CATCH
}
NATIVE(jlong, iValueFromTensor)(JNIEnv* env, jobject, jlong h) { return handle(IValue(TENSOR(h))); }
NATIVE(jlong, iValueFromBool)(JNIEnv* env, jobject, jboolean v) { return handle(IValue(v == JNI_TRUE)); }
NATIVE(jlong, iValueFromLong)(JNIEnv* env, jobject, jlong v) { return handle(IValue((int64_t)v)); }
NATIVE(jlong, iValueFromDouble)(JNIEnv* env, jobject, jdouble v) { return handle(IValue((double)v)); }
NATIVE(jlong, iValueFromString)(JNIEnv* env, jobject, jstring v) { return handle(IValue(text(env, v))); }
NATIVE(jlong, iValueFromLongList)(JNIEnv* env, jobject, jlongArray v) { return handle(IValue(numbers(env, v))); }
NATIVE(jlong, iValueFromTensorList)(JNIEnv* env, jobject, jlongArray v) { return handle(IValue(tensors(env, v))); }
NATIVE(jlong, iValueFromList)(JNIEnv* env, jobject, jlongArray v) {
  TRY auto hs = numbers(env, v);
  c10::impl::GenericList l(VALUE(hs[0]).type());
  for (auto h : hs) l.push_back(VALUE(h));
  return handle(IValue(l));
  CATCH_RETURN(0)
}
NATIVE(jlong, iValueFromTuple)(JNIEnv* env, jobject, jlongArray v) {
  TRY std::vector<IValue> l;
  for (auto h : numbers(env, v)) l.push_back(VALUE(h));
  return handle(IValue(c10::ivalue::Tuple::create(l)));
  CATCH_RETURN(0)
}
NATIVE(jlong, iValueToTensor)(JNIEnv* env, jobject, jlong h) {
  TRY return handle(VALUE(h).toTensor());
  CATCH_RETURN(0)
}
NATIVE(jboolean, iValueToBool)(JNIEnv* env, jobject, jlong h) {
  TRY return VALUE(h).toBool();
  CATCH_RETURN(0)
}
NATIVE(jlong, iValueToLong)(JNIEnv* env, jobject, jlong h) {
  TRY return VALUE(h).toInt();
  CATCH_RETURN(0)
}
NATIVE(jdouble, iValueToDouble)(JNIEnv* env, jobject, jlong h) {
  TRY return VALUE(h).toDouble();
  CATCH_RETURN(0)
}
NATIVE(jstring, iValueToString)(JNIEnv* env, jobject, jlong h) {
  TRY return env->NewStringUTF(VALUE(h).toStringRef().c_str());
  CATCH_RETURN(nullptr)
}
NATIVE(jlongArray, iValueToLongList)(JNIEnv* env, jobject, jlong h) {
  TRY auto l = VALUE(h).toIntVector();
  return array(env, std::vector<jlong>(l.begin(), l.end()));
  CATCH_RETURN(nullptr)
}
NATIVE(jlongArray, iValueToTensorList)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<jlong> r;
  for (auto& t : VALUE(h).toTensorVector()) r.push_back(handle(t));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jlongArray, iValueToIValueList)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<jlong> r;
  for (const auto& t : VALUE(h).toListRef()) r.push_back(handle(t));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jlongArray, iValueToIValueTuple)(JNIEnv* env, jobject, jlong h) {
  TRY std::vector<jlong> r;
  for (const auto& t : VALUE(h).toTupleRef().elements()) r.push_back(handle(t));
  return array(env, r);
  CATCH_RETURN(nullptr)
}
NATIVE(jstring, iValueGetType)(JNIEnv* env, jobject, jlong h) {
  TRY return env->NewStringUTF(VALUE(h).type()->annotation_str().c_str());
  CATCH_RETURN(nullptr)
}
#define IS(fn, q) \
  NATIVE(jboolean, fn)(JNIEnv * env, jobject, jlong h) { return VALUE(h).q(); }
IS(iValueIsTensor, isTensor)
IS(iValueIsBool, isBool)
IS(iValueIsLong, isInt) IS(iValueIsDouble, isDouble) IS(iValueIsString, isString) IS(iValueIsBoolList, isBoolList)
    IS(iValueIsLongList, isIntList) IS(iValueIsDoubleList, isDoubleList) IS(iValueIsTensorList, isTensorList)
        IS(iValueIsList, isList) IS(iValueIsTuple, isTuple) IS(iValueIsMap, isGenericDict)
