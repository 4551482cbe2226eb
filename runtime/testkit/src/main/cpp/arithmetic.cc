// What is computed of tensors.
#include "bridge.h"

#define BIN(fn, expr)                                          \
  NATIVE(jlong, fn)(JNIEnv * env, jobject, jlong a, jlong b) { \
    TRY return handle(expr);                                   \
    CATCH_RETURN(0)                                            \
  }
#define BINI(fn, expr)                                        \
  NATIVE(void, fn)(JNIEnv * env, jobject, jlong a, jlong b) { \
    TRY expr;                                                 \
    CATCH                                                     \
  }
#define UN(fn, expr)                                  \
  NATIVE(jlong, fn)(JNIEnv * env, jobject, jlong a) { \
    TRY return handle(expr);                          \
    CATCH_RETURN(0)                                   \
  }
BIN(torchAdd, TENSOR(a) + TENSOR(b))
BIN(torchSub, TENSOR(a) - TENSOR(b))
BIN(torchMul, TENSOR(a) * TENSOR(b)) BIN(torchTrueDivide,
                                         TENSOR(a).true_divide(TENSOR(b))) BINI(torchAddi, TENSOR(a).add_(TENSOR(b)))
    BINI(torchSubi, TENSOR(a).sub_(TENSOR(b))) BINI(torchMuli, TENSOR(a).mul_(TENSOR(b))) BINI(
        torchTrueDividei, TENSOR(a).true_divide_(TENSOR(b))) BIN(torchRemainder, TENSOR(a).remainder(TENSOR(b)))
        BIN(torchPow, TENSOR(a).pow(TENSOR(b))) BIN(torchMatmul, TENSOR(a).matmul(TENSOR(b))) BIN(
            torchBmm, TENSOR(a).bmm(TENSOR(b))) BIN(torchLogicalAnd, TENSOR(a).logical_and(TENSOR(b)))
            BIN(torchLogicalOr, TENSOR(a).logical_or(TENSOR(b))) BIN(torchMaximum, torch::maximum(TENSOR(a), TENSOR(b)))
                BIN(torchMinimum, torch::minimum(TENSOR(a), TENSOR(b))) BIN(torchEq, TENSOR(a).eq(TENSOR(b)))
                    BIN(torchNeq, TENSOR(a).ne(TENSOR(b))) BIN(torchGt, TENSOR(a).gt(TENSOR(b)))
                        BIN(torchGte, TENSOR(a).ge(TENSOR(b))) BIN(torchLt, TENSOR(a).lt(TENSOR(b)))
                            BIN(torchLte,
                                TENSOR(a).le(TENSOR(b))) BIN(torchMaskedSelect, TENSOR(a).masked_select(TENSOR(b)))
                                UN(torchLogicalNot, TENSOR(a).logical_not()) UN(torchSign, TENSOR(a).sign())
                                    UN(torchAbs, TENSOR(a).abs()) UN(torchSquare, TENSOR(a).square())
                                        UN(torchFloor, TENSOR(a).floor()) UN(torchCeil, TENSOR(a).ceil())
                                            UN(torchRound, TENSOR(a).round()) UN(torchExp, TENSOR(a).exp())
                                                UN(torchLog, TENSOR(a).log()) UN(torchSqrt, TENSOR(a).sqrt())
                                                    UN(torchTanh,
                                                       TENSOR(a).tanh()) UN(torchSigmoid, TENSOR(a).sigmoid())
                                                        UN(torchAll, TENSOR(a).all()) UN(torchAny, TENSOR(a).any())
                                                            UN(torchNone, TENSOR(a).any().logical_not())
                                                                UN(torchNeg, TENSOR(a).neg()) UN(torchIsNaN,
                                                                                                 TENSOR(a).isnan())
                                                                    UN(torchIsInf, TENSOR(a).isinf())
                                                                        UN(torchMax__J, TENSOR(a).max())
                                                                            UN(torchMin__J, TENSOR(a).min())
                                                                                UN(torchMean__J, TENSOR(a).mean())
                                                                                    UN(torchSum__J, TENSOR(a).sum())
                                                                                        UN(torchSqueeze__J,
                                                                                           TENSOR(a).squeeze())
                                                                                            UN(torchDetachGrad,
                                                                                               TENSOR(a).detach())
                                                                                                UN(torchNonZeros,
                                                                                                   TENSOR(a).nonzero())
