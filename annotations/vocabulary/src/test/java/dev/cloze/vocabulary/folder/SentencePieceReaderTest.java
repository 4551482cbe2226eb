package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.vocabulary.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencePieceReaderTest {

    @Test
    void piecesScoresAndTypesAreRead() throws DataFormatException {
        SentencePieceModel model = SentencePieceReader.read(
                SentencePieceBytes.t5().piece("▁é😀", -7.25f, 4).ended(2, 2));
        assertThat(model.pieces()).hasSize(5).last().isEqualTo(new SentencePieceModel.Piece("▁é😀", -7.25f, 4));
        assertThat(model.type()).isEqualTo(SentencePieceModel.BYTE_PAIRS);
        assertThat(model.unknownId()).isEqualTo(2);
        assertThat(model.unknownPiece()).isEqualTo("<unk>");
        assertThat(model.charsMap()).isEmpty();
    }

    @Test
    void fieldsNobodyAsksForAreSkipped() throws DataFormatException {
        byte[] fixed64 = new SentencePieceBytes().varint(200 << 3 | 1).toByteArray();
        byte[] odd = concat(
                fixed64, new byte[8], new SentencePieceBytes().number(201, -1).toByteArray());
        byte[] file = concat(odd, SentencePieceBytes.t5("a").ended(1, 2), odd);
        assertThat(SentencePieceReader.read(file).pieces()).hasSize(5);
    }

    /** Behind normalizer_spec a model has nothing that is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"t5-spiece/spiece.model", "llama-spiece/tokenizer.model"})
    void aFileCutShortIsToldWhereverItWasCut(String name) throws Exception {
        byte[] file = fixture(name);
        SentencePieceModel whole = SentencePieceReader.read(file);
        for (int length = 0; length < file.length; length += length < file.length - 2000 ? 97 : 1) {
            byte[] cut = Arrays.copyOf(file, length);
            try {
                SentencePieceModel model = SentencePieceReader.read(cut);
                assertThat(model.pieces()).isEqualTo(whole.pieces());
                assertThat(model.charsMap()).isEqualTo(whole.charsMap());
                assertThat(model.unknownId()).isEqualTo(whole.unknownId());
            } catch (DataFormatException e) {
                assertThat(e).hasMessageContaining("cut short");
            }
        }
    }

    @Test
    void whateverBytesAreThereNothingElseIsThrown() throws IOException {
        byte[] file = fixture("t5-spiece/spiece.model");
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i <= round % 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(SentencePieceReader.read(damaged).pieces()).isNotEmpty();
            } catch (DataFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1, 1_000_000})
    void aLengthThatLiesReservesNothing(long length) {
        for (int field : new int[] {1, 2, 3, 4}) {
            byte[] lie = new SentencePieceBytes()
                    .varint(field << 3 | 2)
                    .varint(length)
                    .toByteArray();
            reading(lie).hasMessageContaining("cut short");
            reading(concat(SentencePieceBytes.t5("a").ended(1, 2), lie)).hasMessageContaining("cut short");
        }
    }

    @Test
    void whatNoModelHasIsNamed() {
        reading(SentencePieceBytes.t5("").ended(1, 2)).hasMessageContaining("its piece 4 is \"\"");
        reading(SentencePieceBytes.t5().piece("a", Float.NaN, 1).ended(1, 2)).hasMessageContaining("score NaN");
        reading(SentencePieceBytes.t5("a").ended(1, 5)).hasMessageContaining("5, is not among its 5 pieces");
        reading(SentencePieceBytes.t5("a").ended(1, -1)).hasMessageContaining("-1, is not among");
        byte[] notText =
                new SentencePieceBytes().delimited(1, new byte[] {(byte) 0xFF}).toByteArray();
        reading(new SentencePieceBytes().delimited(1, notText).ended(1, 0)).hasMessageContaining("not UTF-8");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0x80);
        reading(endless).hasMessageContaining("a number in it has no end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "IQ== 0\nIg== 1\n", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"})
    void anotherFileOfThisNameIsNoModel(String content) {
        reading(content.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasMessageContaining("not a SentencePiece model");
    }

    private static AbstractThrowableAssert<?, ?> reading(byte[] file) {
        return assertThatThrownBy(() -> SentencePieceReader.read(file)).isInstanceOf(DataFormatException.class);
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(Fixtures.folder(name));
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
