package dev.cloze.runtime.disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/** A path of a {@link WatchedDisk}: a real one, but for the file system that it belongs to. */
final class WatchedPath implements InvocationHandler {

    private final Path real;
    private final WatchedDisk disk;

    private WatchedPath(Path real, WatchedDisk disk) {
        this.real = real;
        this.disk = disk;
    }

    static Path of(Path real, WatchedDisk disk) {
        return (Path) Proxy.newProxyInstance(
                Path.class.getClassLoader(), new Class<?>[] {Path.class}, new WatchedPath(real, disk));
    }

    /** The path on the real disk. */
    static Path real(Path path) {
        return Proxy.isProxyClass(path.getClass()) && Proxy.getInvocationHandler(path) instanceof WatchedPath watched
                ? watched.real
                : path;
    }

    @Override
    public Object invoke(Object path, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getFileSystem" -> disk.fileSystem();
            case "toFile" -> (disk.isFull() ? WatchedDisk.FULL : real).toFile();
            case "iterator" ->
                StreamSupport.stream(real.spliterator(), false)
                        .map(disk::watched)
                        .iterator();
            default -> of(method, arguments);
        };
    }

    private Object of(Method method, Object[] arguments) throws Throwable {
        Object[] plain = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] instanceof Path path ? real(path) : plain[i];
        }
        try {
            Object result = method.invoke(real, plain);
            return result instanceof Path found ? disk.watched(found) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
