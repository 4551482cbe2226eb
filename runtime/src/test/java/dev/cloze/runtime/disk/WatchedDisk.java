package dev.cloze.runtime.disk;

import dev.cloze.runtime.disk.DiskWatch.Change;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The real disk under other paths, all of whose changes are told before they are made. While it is full, what would be written goes
 * to {@link #FULL}, where the kernel itself refuses it for want of room.
 */
public final class WatchedDisk extends FileSystemProvider {

    /** Linux's device without room. */
    public static final Path FULL = Path.of("/dev/full");

    private final DiskWatch watch;
    private final FileSystem fileSystem = new WatchedFileSystem(this);

    private WatchedDisk(DiskWatch watch) {
        this.watch = watch;
    }

    /** A folder of the real disk as a path that is watched, as are all that are made of it. */
    public static Path of(Path folder, DiskWatch watch) {
        return new WatchedDisk(watch).watched(folder);
    }

    Path watched(Path real) {
        return WatchedPath.of(real, this);
    }

    boolean isFull() {
        return watch.isFull();
    }

    FileSystem fileSystem() {
        return fileSystem;
    }

    private Path about(Change change, Path path) {
        Path real = WatchedPath.real(path);
        watch.before(change, real);
        return real;
    }

    private Path withRoom(Path real) {
        return isFull() ? FULL : real;
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        Path real = about(Change.OPEN, path);
        OpenOption[] there = isFull() ? new OpenOption[] {StandardOpenOption.WRITE} : options;
        return new FilterOutputStream(Files.newOutputStream(withRoom(real), there)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                watch.before(Change.WRITE, real);
                if (isFull()) {
                    Files.write(
                            FULL, bytes, StandardOpenOption.WRITE); // which refuses, though the file was opened before
                }
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return Files.newInputStream(WatchedPath.real(path), options);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return FileChannel.open(WatchedPath.real(path), options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return Files.newByteChannel(WatchedPath.real(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> real = Files.newDirectoryStream(WatchedPath.real(folder))) {
            for (Path entry : real) {
                Path watched = watched(entry);
                if (filter.accept(watched)) {
                    entries.add(watched);
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (!Files.exists(WatchedPath.real(folder))) {
            about(Change.FOLDER, folder);
        }
        Files.createDirectory(WatchedPath.real(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(about(Change.DELETE, path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Files.copy(WatchedPath.real(source), withRoom(about(Change.OPEN, target)), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Files.move(WatchedPath.real(source), about(Change.NAME, target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return Files.isSameFile(WatchedPath.real(one), WatchedPath.real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return Files.isHidden(WatchedPath.real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(WatchedPath.real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = WatchedPath.real(path);
        real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(WatchedPath.real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(WatchedPath.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(WatchedPath.real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(WatchedPath.real(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }
}
